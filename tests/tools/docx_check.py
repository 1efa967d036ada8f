#!/usr/bin/env python3
"""What a strict word processor needs of a DOCX and a forgiving one does not miss (ISO/IEC 29500-1, -2): properties in the
schema's order, every reference with its target, a content type for each part, names for pictures and tables, a language.
Standard library only.

    docx_check.py FILE...
"""
import posixpath, sys, xml.etree.ElementTree as xml, zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# The order of children in the schema; a name that is not here is one that Echoflow has no reason to write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color spacing sz szCs highlight u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "settings": "zoom updateFields defaultTabStop autoHyphenation evenAndOddHeaders footnotePr compat themeFontLang decimalSymbol listSeparator",
    "docDefaults": "rPrDefault pPrDefault",
}


def local(element):
    return element.tag[len(W):] if element.tag.startswith(W) else element.tag


def ordered(tree, part):
    for element in tree.iter():
        order = ORDER.get(local(element))
        if order is None or not element.tag.startswith(W):
            continue
        places = {name: at for at, name in enumerate(order.split())}
        last = -1
        for child in element:
            name = local(child)
            if name not in places:
                yield f"{part}: <w:{local(element)}> holds <{name}>"
            elif places[name] < last:
                yield f"{part}: <w:{name}> stands too late in <w:{local(element)}>"
            else:
                last = places[name]


def references(package, part, tree):
    folder, name = posixpath.split(part)
    file = f"{folder}/_rels/{name}.rels"
    targets = {}
    if file in package.namelist():
        for each in xml.fromstring(package.read(file)):
            if each.get("Id") in targets:
                yield f"{file}: the id {each.get('Id')} is given twice"
            targets[each.get("Id")] = each.get("Target")
            if each.get("TargetMode") != "External" and posixpath.join(folder, each.get("Target")) not in package.namelist():
                yield f"{file}: {each.get('Target')} is not in the package"
    for element in tree.iter():
        for key in ("id", "embed", "link"):
            if (wanted := element.get(R + key)) is not None and wanted not in targets:
                yield f"{part}: {wanted} is no relationship"


def names(tree, part, styles):
    bookmarks = [each.get(W + "name") for each in tree.iter(W + "bookmarkStart")]
    if len(bookmarks) != len(set(bookmarks)):
        yield f"{part}: two bookmarks have one name"
    ids = [each.get(W + "id") for each in tree.iter(W + "bookmarkStart")] + [each.get("id") for each in tree.iter(WP + "docPr")]
    if len(ids) != len(set(ids)):
        yield f"{part}: an id is given twice"
    for link in tree.iter(W + "hyperlink"):
        if link.get(W + "anchor", bookmarks[0] if bookmarks else None) not in bookmarks:
            yield f"{part}: the link to {link.get(W + 'anchor')} leads nowhere"
    for picture in tree.iter(WP + "docPr"):
        if not picture.get("descr"):
            yield f"{part}: {picture.get('name')} has no alternative text"
    for table in tree.iter(W + "tbl"):
        if table.find(f"{W}tblPr/{W}tblCaption") is None:
            yield f"{part}: a table has no title"
        width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(W + "tr"):
            if len(row.findall(W + "tc")) != width:
                yield f"{part}: a row has {len(row.findall(W + 'tc'))} cells of {width}"
    for cell in tree.iter(W + "tc"):
        if cell[-1].tag != W + "p":
            yield f"{part}: a cell does not end with a paragraph"
    for kind in ("pStyle", "rStyle", "tblStyle", "basedOn"):
        for used in tree.iter(W + kind):
            if used.get(W + "val") not in styles:
                yield f"{part}: there is no style {used.get(W + 'val')}"


def findings(file):
    with zipfile.ZipFile(file) as package:
        parts = package.namelist()
        if parts[0] != "[Content_Types].xml" or len(parts) != len(set(parts)):
            yield "the package does not begin with its content types, or has a part twice"
        types = xml.fromstring(package.read("[Content_Types].xml"))
        defaults = {each.get("Extension") for each in types.iter(TYPES + "Default")}
        overrides = {each.get("PartName") for each in types.iter(TYPES + "Override")}
        for part in parts[1:]:
            if "/" + part not in overrides and part.rpartition(".")[2] not in defaults:
                yield f"{part} has no content type"
        for part in sorted(overrides):
            if part[1:] not in parts:
                yield f"{part} has a content type and is not there"
        yield from references(package, "", xml.Element("none"))
        stylesheet = xml.fromstring(package.read("word/styles.xml"))
        styles = {each.get(W + "styleId") for each in stylesheet.iter(W + "style")}
        language = stylesheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        core = xml.fromstring(package.read("docProps/core.xml"))
        said = core.find("{http://purl.org/dc/elements/1.1/}language")
        if language is None or said is None or said.text != language.get(W + "val"):
            yield "the language of the text and that of the properties differ"
        for part in parts:
            if part.startswith("word/") and part.endswith(".xml"):
                tree = xml.fromstring(package.read(part))
                yield from ordered(tree, part)
                yield from references(package, part, tree)
                yield from names(tree, part, styles)


def main():
    wrong = [f"{file}: {finding}" for file in sys.argv[1:] for finding in dict.fromkeys(findings(file))]
    print("\n".join(wrong) if wrong else f"{len(sys.argv) - 1} files: nothing found")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
