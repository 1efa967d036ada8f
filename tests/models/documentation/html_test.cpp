#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/models/documentation/outside_tool.hpp"
#include "tests/models/documentation/sample.hpp"

namespace echoflow::documentation {
namespace {

Document full_html(const std::string& language) {
  static const auto graph = sample::complaint_process();
  static const auto evidence = sample::evidence();
  static const auto control = sample::released();
  return describe(graph, sample::options(language), &evidence, &control);
}

bool html_says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string around(const std::string& output) {
  const auto at = output.rfind("low=");
  return at == std::string::npos ? output.substr(0, 2000) : output.substr(at, 600);
}

/// What a page says of itself once a browser has laid it out: width, contrasts below WCAG's 4.5 : 1, and what those who
/// hear it would miss: header cells without scope, pictures, links, regions without a name, a page without language.
constexpr const char* probe = R"(<script>
function lum(c){return c.map(v=>{v/=255;return v<=.03928?v/12.92:Math.pow((v+.055)/1.055,2.4)}).reduce((a,v,i)=>a+v*[.2126,.7152,.0722][i],0)}
function rgb(s){const m=s.match(/[\d.]+/g).map(Number);return {c:m.slice(0,3),a:m.length>3?m[3]:1}}
window.addEventListener('load',()=>{
 const low=[];
 for(const e of document.querySelectorAll('h1,h2,h3,h4,p,li,td,th,dt,dd,a,code,caption,figcaption,strong,em')){
  if(!e.textContent.trim()||e.closest('svg'))continue;
  const f=rgb(getComputedStyle(e).color).c;let b=[255,255,255];
  for(let n=e;n;n=n.parentElement){const g=rgb(getComputedStyle(n).backgroundColor);if(g.a>0){b=g.c;break}}
  const x=lum(f),y=lum(b),r=(Math.max(x,y)+.05)/(Math.min(x,y)+.05);
  if(r<4.5)low.push(e.tagName+' '+r.toFixed(2)+' '+e.textContent.slice(0,30))
 }
 const hs=[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h=>+h.tagName[1]);let jump=0;
 for(let i=1;i<hs.length;i++)if(hs[i]>hs[i-1]+1)jump++;
 const bare=[],all=s=>[...document.querySelectorAll(s)],named=e=>e.getAttribute('aria-label')||e.getAttribute('aria-labelledby')||e.textContent.trim();
 if(!/^(de|en)$/.test(document.documentElement.lang))bare.push('lang');
 if(!document.title.trim())bare.push('title');
 for(const e of all('th'))if(!e.scope)bare.push('th '+e.textContent.slice(0,20));
 for(const e of all('table'))if(!e.querySelector('th'))bare.push('table '+e.id);
 for(const e of all('[role=img],[role=region],nav'))if(!e.getAttribute('aria-label'))bare.push(e.tagName);
 for(const e of all('a[href],figcaption,h1,h2,h3,h4'))if(!named(e))bare.push(e.tagName);
 for(const e of all('img'))if(!e.alt)bare.push('img');
 const ids=[...document.querySelectorAll('[id]')].map(e=>e.id);
 document.body.innerHTML='';document.title='probe';
 const p=document.createElement('pre');p.id='probe';document.body.append(p);
 p.textContent='low='+low.length+' '+low.slice(0,5).join(';')+' jumps='+jump+' h1='+hs.filter(h=>h==1).length+' double='+(ids.length-new Set(ids).size)+' bare='+bare.join(';')+' width='+window.__w;
});
document.addEventListener('DOMContentLoaded',()=>{window.__w=document.documentElement.scrollWidth+'/'+document.documentElement.clientWidth});
</script>)";

TEST(Html, StandsAlone) {
  const auto html = sample::rendered(Format::html, full_html("de"));
  EXPECT_TRUE(html_says(html, "<html lang=\"de\">"));
  EXPECT_FALSE(html_says(html, "src=\"http"));
  EXPECT_FALSE(html_says(html, "<link "));
  EXPECT_FALSE(html_says(html, "<script"));
  EXPECT_TRUE(html_says(html, "<svg"));
  EXPECT_TRUE(html_says(html, "scope=\"col\""));
  EXPECT_TRUE(html_says(html, "data:application/xml;base64,PGRlZmluaXRpb25zLz4="));
}

TEST(Html, EveryLinkInsideHasItsPlaceAndNoPlaceIsDouble) {
  const auto html = sample::rendered(Format::html, full_html("en"));
  std::set<std::string> places;
  const std::regex id(" id=\"([^\"]+)\""), link("href=\"#([^\"]+)\"");
  for (std::sregex_iterator at(html.begin(), html.end(), id), end; at != end; ++at)
    EXPECT_TRUE(places.insert((*at)[1]).second) << (*at)[1];
  for (std::sregex_iterator at(html.begin(), html.end(), link), end; at != end; ++at)
    EXPECT_TRUE(places.contains((*at)[1])) << (*at)[1];
}

TEST(Html, TextOfTheModelIsEscaped) {
  auto graph = sample::complaint_process();
  graph.node(graph.find("record")).name = graph::Names("<script>alert(1)</script> & \"more\"");
  const auto html = sample::rendered(Format::html, describe(graph, sample::options("en")));
  EXPECT_FALSE(html_says(html, "<script>alert"));
  EXPECT_TRUE(html_says(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
}

TEST(Html, ABrowserFindsNoOverflowNoLowContrastNoJumpInHeadings) {
  ECHOFLOW_NEEDS_TOOL("chromium");
  const Folder folder;
  for (const char* language : {"de", "en"}) {
    auto html = sample::rendered(Format::html, full_html(language));
    html.insert(html.find("</head>"), probe);
    const auto file = folder.write("page.html", html);
    for (const int width : {360, 1280}) {
      // Headless windows are never narrower than 500 pixels; a frame is.
      const auto frame = folder.write(
          "frame.html", "<body style=margin:0><iframe id=f src=page.html style=\"border:0;height:900px;width:" +
                            std::to_string(width) +
                            "px\"></iframe><pre id=out></pre><script>setInterval(()=>{const "
                            "d=f.contentDocument,p=d&&d.getElementById('probe');"
                            "if(p)out.textContent=p.textContent},50)</script>");
      const auto seen = run_tool(
          "timeout 120 chromium --headless --no-sandbox --disable-gpu --allow-file-access-from-files --user-data-dir=" +
          folder.path("browser") + " --virtual-time-budget=8000 --dump-dom file://" + frame + " 2>" +
          folder.path("noise"));
      EXPECT_TRUE(html_says(seen.output, "low=0 ")) << around(seen.output);
      EXPECT_TRUE(html_says(seen.output, "jumps=0 h1=1 double=0 bare= ")) << around(seen.output);
      const std::string told = around(seen.output);
      const auto at = told.find("width=") + 6, slash = told.find('/', at);
      ASSERT_NE(slash, std::string::npos) << told;
      EXPECT_EQ(std::atoi(told.c_str() + at), std::atoi(told.c_str() + slash + 1)) << width << ": " << told;
    }
  }
}

}  // namespace
}  // namespace echoflow::documentation
