#pragma once
#include <string_view>

namespace echoflow::documentation {

/// Colours keep a contrast of 4.5 : 1 at least (WCAG 2.1, AA); nothing is wider than the screen but what scrolls.
inline constexpr std::string_view html_style = R"css(
:root{--ink:#1c2733;--deep:#0b3c5d;--link:#0a5689;--line:#b8c4ce;--pale:#eef4f8;--alarm:#9b1c1c}
*{box-sizing:border-box}
html{font-size:100%;scroll-behavior:auto}
body{margin:0;color:var(--ink);background:#fff;font:1rem/1.55 "Liberation Sans",Arial,Helvetica,sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-999rem;top:0;background:#fff;padding:.5rem 1rem}
.skip:focus{left:0;z-index:9}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.sheet{max-width:76rem;margin:0 auto;padding:1.25rem}
header{border-bottom:3px solid var(--deep);margin-bottom:1.25rem;padding-bottom:.75rem}
.kind{color:var(--deep);font-weight:700;letter-spacing:.03em;margin:0}
.state{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0;padding:0;list-style:none}
h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem;color:var(--deep);hyphens:auto}
h2{font-size:1.35rem;line-height:1.3;margin:2.2rem 0 .7rem;padding-bottom:.2rem;border-bottom:1px solid var(--line);color:var(--deep);hyphens:auto}
h3{font-size:1.1rem;margin:1.5rem 0 .5rem;color:var(--deep);hyphens:auto}
h4{font-size:1rem;margin:1.2rem 0 .4rem;color:var(--deep)}
.number{margin-right:.6em}
.alarm{border:2px solid var(--alarm);color:var(--alarm);background:#fff5f5;font-weight:700;padding:.6rem .9rem;margin:0 0 1.25rem}
.note{border-left:4px solid var(--deep);background:var(--pale);padding:.5rem .8rem}
.warning{border-left:4px solid var(--alarm);background:#fff5f5;padding:.5rem .8rem}
nav ol{list-style:none;margin:0;padding:0}
nav ol ol{padding-left:1.6rem}
nav a{display:inline-block;padding:.12rem 0}
.scroll{overflow-x:auto;margin:.6rem 0 1.2rem;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
table.wide{min-width:64rem}
caption{text-align:left;font-weight:700;padding:.3rem 0;caption-side:top}
th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top;min-width:3.2rem}
thead th{background:var(--deep);color:#fff}
tbody th{font-weight:400;background:var(--pale)}
.center{text-align:center}.right{text-align:right;font-variant-numeric:tabular-nums}
td p,th p{margin:0}
td p+p,th p+p{margin-top:.2rem}
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.3rem 1rem;margin:.6rem 0 1.2rem}
dt{font-weight:700}dd{margin:0;overflow-wrap:anywhere}
code{font:.88em "Liberation Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
figure{margin:.6rem 0 1.2rem}
figcaption{font-weight:700;margin-bottom:.4rem}
figure .scroll{border:1px solid var(--line);padding:.5rem;background:#fff}
figure svg{display:block;height:auto;margin:0 auto}
body[data-mark]::before{content:attr(data-mark);position:fixed;inset:0;display:grid;place-items:center;font-size:min(9vw,6rem);font-weight:700;color:#9b1c1c;opacity:.07;transform:rotate(-30deg);pointer-events:none;z-index:5;overflow:hidden;white-space:nowrap}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:.1rem}dd{margin-bottom:.5rem}h1{font-size:1.5rem}}
@page{size:A4;margin:18mm 15mm}
@media print{body{font-size:9.5pt}.skip{display:none}.sheet{max-width:none;padding:0}.scroll{overflow:visible}
table.wide{min-width:0;font-size:7.5pt}thead{display:table-header-group}tr,figure{break-inside:avoid}h2,h3,h4{break-after:avoid}
figure svg{max-width:100%}a{color:inherit;text-decoration:none}}
)css";

}  // namespace echoflow::documentation
