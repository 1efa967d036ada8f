#include "tests/bpel/rules/case_file.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/cx/description.hpp"

namespace echoflow::rules {
namespace {

const std::vector<std::pair<std::string, std::string>> shorthands{
    {"$HEAD", "$LINKS $VARIABLES"},
    {"$LINKS",
     R"(<partnerLinks><partnerLink name="shop" partnerLinkType="s:shopType" myRole="shop"/>)"
     R"(<partnerLink name="supplier" partnerLinkType="s:supplierType" myRole="customer" partnerRole="supplier"/>)"
     R"(</partnerLinks>)"},
    {"$VARIABLES",
     R"(<variables><variable name="order" messageType="s:orderRequest"/>)"
     R"(<variable name="answer" messageType="s:orderAnswer"/><variable name="notice" messageType="s:notice"/>)"
     R"(<variable name="pair" messageType="s:pair"/><variable name="number" type="xsd:int"/>)"
     R"(<variable name="text" type="xsd:string"/><variable name="asked" element="s:order"/>)"
     R"(<variable name="details" element="s:details"/></variables>)"},
    {"$SETS", R"(<correlationSets><correlationSet name="case" properties="s:id"/></correlationSets>)"},
    {"$RECEIVE", R"(<receive partnerLink="shop" operation="order" variable="order" createInstance="yes"/>)"},
    {"$BEGIN", R"(<receive partnerLink="shop" operation="order" variable="order" createInstance="yes">)"
               R"(<correlations><correlation set="case" initiate="yes"/></correlations></receive>)"},
    {"$ASSIGN",
     R"(<assign><copy><from><literal>1</literal></from><to variable="answer" part="body"/></copy></assign>)"},
    {"$REPLY", R"(<reply partnerLink="shop" operation="order" variable="answer"/>)"},
    {"$INVOKE",
     R"(<invoke partnerLink="supplier" operation="deliver" inputVariable="order" outputVariable="answer"/>)"},
    {"$CORRELATED", R"(<correlations><correlation set="case" initiate="no"/></correlations>)"},
    {"$EMPTY", "<empty/>"},
    {"$WSDL", R"(xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" )"
              R"(xmlns:s="urn:test:shop" xmlns:t="urn:test:other" )"
              R"(xmlns:plnk="http://docs.oasis-open.org/wsbpel/2.0/plnktype" )"
              R"(xmlns:vprop="http://docs.oasis-open.org/wsbpel/2.0/varprop")"},
    {"$CXIMPORT",
     R"(<extensions><extension namespace="urn:echoflow:cx:1.0" mustUnderstand="yes"/>)"
     R"(<extension namespace="http://docs.oasis-open.org/ns/bpel4people/bpel4people/200803" mustUnderstand="yes"/>)"
     R"(</extensions>$CXDESCRIPTION)"},
    {"$CXDESCRIPTION",
     R"(<import namespace="urn:test:shop" location="shop.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>)"
     R"(<import namespace="urn:echoflow:cx:1.0" importType="http://schemas.xmlsoap.org/wsdl/"/>)"},
    {"$CXLINKS", R"(<partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/>)"
                 R"(<partnerLink name="levels" partnerLinkType="cx:thresholds" myRole="listener"/>)"
                 R"(<partnerLink name="shop" partnerLinkType="s:shopType" myRole="shop"/></partnerLinks>)"},
    {"$CXVARIABLES",
     R"(<variables><variable name="post" messageType="cx:feedbackMessage"/>)"
     R"(<variable name="crossed" messageType="cx:thresholdMessage"/>)"
     R"(<variable name="order" messageType="s:orderRequest"/>)"
     R"(<variable name="answer" messageType="s:orderAnswer"/><variable name="text" type="xsd:string"/></variables>)"},
    {"$HEAR",
     R"(<receive name="hear" partnerLink="voice" operation="onFeedback" variable="post" createInstance="yes"/>)"},
    {"$OWNERS",
     R"(<htd:peopleAssignments><htd:potentialOwners><htd:from>'group:support'</htd:from></htd:potentialOwners>)"
     R"(</htd:peopleAssignments>)"},
    {"$CXNS",
     R"(xmlns:cx="urn:echoflow:cx:1.0" xmlns:b4p="http://docs.oasis-open.org/ns/bpel4people/bpel4people/200803" )"
     R"(xmlns:htd="http://docs.oasis-open.org/ns/bpel4people/ws-humantask/200803" )"
     R"(xmlns:htt="http://docs.oasis-open.org/ns/bpel4people/ws-humantask/types/200803")"},
    {"$IMPORT",
     R"(<import namespace="urn:test:shop" location="shop.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>)"}};

std::string expanded(std::string line) {
  for (const auto& [name, text] : shorthands)
    for (auto at = line.find(name); at != std::string::npos; at = line.find(name, at + text.size())) {
      const auto after = at + name.size();
      if (after < line.size() && std::isalpha(static_cast<unsigned char>(line[after]))) continue;
      line.replace(at, name.size(), text);
    }
  return line;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

class CaseReader {
 public:
  CaseReader(const std::string& path, std::string rule) : path_(path), rule_(std::move(rule)) {}

  std::vector<Case> read() {
    std::ifstream in(path_);
    for (std::string line; std::getline(in, line);) take(line);
    finish();
    return std::move(cases_);
  }

 private:
  void take(const std::string& line) {
    if (line.starts_with("## ")) {
      finish();
      open_ = true;
      current_ = {line.substr(3), rule_, {}, {}};
      attributes_.clear();
      imports_ = "$IMPORT";
      content_.clear();
      file_ = "case.bpel";
    } else if (line.starts_with("@process ")) {
      attributes_ = line.substr(9);
    } else if (line.starts_with("@imports")) {
      imports_ = line.substr(8);
    } else if (line.starts_with("@file ")) {
      close_file();
      file_ = line.substr(6);
    } else if (open_) {
      content_.push_back(expanded(line));
    }
  }

  void close_file() {
    std::string text;
    std::size_t number = 0;
    if (file_ == "case.bpel") {
      text =
          expanded(R"(<process name="case" targetNamespace="urn:test:case" )"
                   R"(xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable" )"
                   R"(xmlns:bpel="http://docs.oasis-open.org/wsbpel/2.0/process/executable" )"
                   R"(xmlns:s="urn:test:shop" xmlns:t="urn:test:other" xmlns:xsd="http://www.w3.org/2001/XMLSchema" )" +
                   attributes_ + ">" + imports_ + "\n");
      note_marks(text, ++number);
    }
    for (const auto& line : content_) {
      note_marks(line, ++number);
      text += line + "\n";
    }
    if (file_ == "case.bpel") text += "</process>\n";
    current_.files[file_] = text;
    content_.clear();
  }

  void note_marks(const std::string& line, std::size_t number) {
    for (auto at = line.find("<!-- "); at != std::string::npos; at = line.find("<!-- ", at + 1)) {
      const auto kind = line.substr(at + 5, 2);
      if (kind != "SA" && kind != "CX") continue;
      std::istringstream words(line.substr(at + 5, line.find("-->", at) - at - 5));
      for (std::string word; words >> word;) current_.expected.emplace(file_ + ":" + std::to_string(number), word);
    }
  }

  void finish() {
    if (!open_) return;
    close_file();
    if (cx::uses_description(current_.files)) cx::add_description(current_.files);
    current_.files.emplace("shop.wsdl", read_file((std::filesystem::path(path_).parent_path() / "shop.wsdl").string()));
    cases_.push_back(std::move(current_));
    open_ = false;
  }

  std::string path_, rule_, attributes_, imports_, file_;
  bool open_ = false;
  Case current_;
  std::vector<std::string> content_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_cases(const std::string& path, const std::string& rule) {
  return CaseReader(path, rule).read();
}

std::vector<Case> read_all_cases(const std::string& folder) {
  std::vector<Case> out;
  std::set<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".cases") paths.insert(entry.path());
  for (const auto& path : paths) {
    std::string rule = path.stem().string();
    std::transform(rule.begin(), rule.end(), rule.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (auto& one : read_cases(path.string(), rule)) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace echoflow::rules
