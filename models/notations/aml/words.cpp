#include "models/notations/aml/words.hpp"

#include <array>

#include "models/notations/epc/read.hpp"

namespace echoflow::aml {
namespace {

using epc::ObjectKind;
using graph::RelationKind;

constexpr std::array<std::string_view, 10> chain_models = {
    "MT_EEPC",         "MT_EEPC_MAT", "MT_EEPC_COLUMN", "MT_EEPC_ROW",   "MT_EEPC_TAB", "MT_EEPC_TAB_HORIZONTAL",
    "MT_PRCS_CHN_DGM", "MT_PCD",      "MT_INDUST_PROC", "MT_OFFICE_PROC"};
constexpr std::string_view allocation_model = "MT_FUNC_ALLOC_DGM";

struct ModelWord {
  std::string_view type;
  std::string_view what;
};
constexpr std::array other_models = {
    ModelWord{"MT_VAL_ADD_CHN_DGM", "a value-added chain diagram: it shows processes, not how one runs"},
    ModelWord{"MT_FUNC_TREE", "a function tree: it shows what consists of what, not how it runs"},
    ModelWord{"MT_ORG_CHRT", "an organizational chart: who belongs to whom"},
    ModelWord{"MT_PRCS_SLT_DIA", "a process selection diagram"},
    ModelWord{"MT_OBJ_DGM", "an objective diagram"},
    ModelWord{"MT_KPI_ALLOC_DGM", "a KPI allocation diagram"},
    ModelWord{"MT_BUSY_CONTR_DGM", "a business controls diagram"},
    ModelWord{"MT_EERM", "a data model"},
    ModelWord{"MT_BPMN_PROCESS_DIAGRAM", "a BPMN diagram: export it as BPMN 2.0 XML, which is read"},
    ModelWord{"MT_BPMN_COLLABORATION_DIAGRAM", "a BPMN diagram: export it as BPMN 2.0 XML, which is read"},
    ModelWord{"MT_ENTERPRISE_BPMN_PROCESS", "a BPMN diagram: export it as BPMN 2.0 XML, which is read"},
    ModelWord{"MT_ENTERPRISE_BPMN_COLLABORATION", "a BPMN diagram: export it as BPMN 2.0 XML, which is read"},
    ModelWord{"MT_RISK_DGM", "a risk diagram"},
    ModelWord{"MT_PRCS_LSC", "a process landscape: it shows processes, not how one runs"},
    ModelWord{"MT_APPL_SYS_TYPE_DGM", "an application system type diagram"},
};

struct TypeWord {
  std::string_view type;
  ObjectKind kind;
};
constexpr std::array object_types = {
    TypeWord{"OT_EVT", ObjectKind::event},
    TypeWord{"OT_ORG_UNIT", ObjectKind::organisation},
    TypeWord{"OT_ORG_UNIT_TYPE", ObjectKind::organisation},
    TypeWord{"OT_GRP", ObjectKind::organisation},
    TypeWord{"OT_POS", ObjectKind::role},
    TypeWord{"OT_PERS_TYPE", ObjectKind::role},
    TypeWord{"OT_EMPL_TYPE", ObjectKind::role},
    TypeWord{"OT_PERS", ObjectKind::person},
    TypeWord{"OT_INFO_CARR", ObjectKind::document},
    TypeWord{"OT_DOC", ObjectKind::document},
    TypeWord{"OT_CLST", ObjectKind::data},
    TypeWord{"OT_ENT_TYPE", ObjectKind::data},
    TypeWord{"OT_ERM_ATTR", ObjectKind::data},
    TypeWord{"OT_TECH_TRM", ObjectKind::data},
    TypeWord{"OT_LST", ObjectKind::data},
    TypeWord{"OT_PERF", ObjectKind::data},
    TypeWord{"OT_CLS", ObjectKind::data},
    TypeWord{"OT_FILE", ObjectKind::store},
    TypeWord{"OT_APPL_SYS", ObjectKind::system},
    TypeWord{"OT_APPL_SYS_TYPE", ObjectKind::system},
    TypeWord{"OT_APPL_SYS_CLS", ObjectKind::system},
    TypeWord{"OT_MOD", ObjectKind::system},
    TypeWord{"OT_MOD_TYPE", ObjectKind::system},
    TypeWord{"OT_DP_FUNC_TYPE", ObjectKind::system},
    TypeWord{"OT_SCRN", ObjectKind::system},
    TypeWord{"OT_KPI", ObjectKind::kpi},
    TypeWord{"OT_KPI_INST", ObjectKind::kpi},
    TypeWord{"OT_RISK", ObjectKind::risk},
};

/// Control flow between functions, events, rules and process interfaces.
constexpr std::array<std::string_view, 12> flow_words = {
    "CT_ACTIV_1",        "CT_CRT_1", "CT_CRT_3", "CT_LEADS_TO_1", "CT_LEADS_TO_2", "CT_IS_EVAL_BY_1",
    "CT_IS_PREDEC_OF_1", "CT_LNK_1", "CT_LNK_2", "CT_BPEL_LINKS", "CT_TRIG_1",     "CT_OCCURS_AFTER"};

struct RelationWord {
  std::string_view type;
  RelationKind kind;
};
constexpr std::array relation_words = {
    RelationWord{"CT_EXEC_1", RelationKind::executes},
    RelationWord{"CT_EXEC_2", RelationKind::executes},
    RelationWord{"CT_DECID_ON", RelationKind::decides},
    RelationWord{"CT_DECD_ON", RelationKind::decides},
    RelationWord{"CT_CONTR_TO_1", RelationKind::contributes},
    RelationWord{"CT_CONTR_TO_2", RelationKind::contributes},
    RelationWord{"CT_IS_TECH_RESP_1", RelationKind::consulted},
    RelationWord{"CT_IS_TECH_RESP_3", RelationKind::consulted},
    RelationWord{"CT_HAS_CONSLT_ROLE_IN_1", RelationKind::consulted},
    RelationWord{"CT_HAS_CONSLT_ROLE_IN_2", RelationKind::consulted},
    RelationWord{"CT_MUST_BE_INFO_ABT_1", RelationKind::informed},
    RelationWord{"CT_MUST_BE_INFO_ABT_2", RelationKind::informed},
    RelationWord{"CT_MEASURED_BY", RelationKind::measured_by},
    RelationWord{"CT_OCCUR", RelationKind::occurs_at},
    RelationWord{"CT_CAN_SUPP_1", RelationKind::supports},
    RelationWord{"CT_SUPP_1", RelationKind::supports},
    RelationWord{"CT_SUPP_3", RelationKind::supports},
    RelationWord{"CT_IS_INP_FOR", RelationKind::reads},
    RelationWord{"CT_PROV_INP_FOR", RelationKind::reads},
    RelationWord{"CT_READ_1", RelationKind::reads},
    RelationWord{"CT_USE_1", RelationKind::reads},
    RelationWord{"CT_HAS_OUT", RelationKind::writes},
    RelationWord{"CT_CRT_OUT_TO", RelationKind::writes},
    RelationWord{"CT_PRODS_1", RelationKind::writes},
};

struct Language {
  std::string_view number;
  std::string_view tag;
};
constexpr std::array languages = {
    Language{"1031", "de"},    Language{"2055", "de-ch"}, Language{"3079", "de-at"}, Language{"1033", "en"},
    Language{"2057", "en-gb"}, Language{"1036", "fr"},    Language{"4108", "fr-ch"}, Language{"1040", "it"},
    Language{"1034", "es"},    Language{"3082", "es"},    Language{"2070", "pt"},    Language{"1046", "pt-br"},
    Language{"1043", "nl"},    Language{"1049", "ru"},    Language{"1045", "pl"},    Language{"1029", "cs"},
    Language{"1038", "hu"},    Language{"1053", "sv"},    Language{"1030", "da"},    Language{"1044", "nb"},
    Language{"1035", "fi"},    Language{"1055", "tr"},    Language{"1025", "ar"},    Language{"1041", "ja"},
    Language{"1042", "ko"},    Language{"2052", "zh-cn"}, Language{"1028", "zh-tw"}, Language{"1032", "el"},
    Language{"1048", "ro"},    Language{"1051", "sk"},    Language{"1060", "sl"},    Language{"1050", "hr"},
};

struct Unit {
  std::string_view number;
  std::string_view before;
  char letter;
};
constexpr std::array units = {
    Unit{"43", "PT", 'S'}, Unit{"44", "PT", 'M'}, Unit{"45", "PT", 'H'},
    Unit{"46", "P", 'D'},  Unit{"47", "P", 'M'},  Unit{"48", "P", 'Y'},
};

/// ARIS names its connectors' symbols ST_OPR_XOR_1, ST_OPR_AND_2 …; one that mixes two kinds names both.
ObjectKind connector_of(std::string_view symbol) {
  if (!symbol.starts_with("ST_OPR_")) return ObjectKind::unclear_connector;
  symbol.remove_prefix(7);
  const auto is = [&](std::string_view word) {
    return symbol == word || (symbol.starts_with(word) && symbol.size() > word.size() && symbol[word.size()] == '_' &&
                              symbol.find_first_not_of("0123456789", word.size() + 1) == std::string_view::npos);
  };
  if (is("XOR")) return ObjectKind::exclusive;
  if (is("AND")) return ObjectKind::parallel;
  return is("OR") ? ObjectKind::inclusive : ObjectKind::unclear_connector;
}

}  // namespace

ModelUse use_of(std::string_view type) {
  for (const auto known : chain_models)
    if (known == type) return ModelUse::chain;
  return type == allocation_model ? ModelUse::allocation : ModelUse::other;
}

std::string description_of(std::string_view type) {
  for (const auto& known : other_models)
    if (known.type == type) return std::string(known.what);
  std::string text = "a model of type ";
  text += type;
  return text;
}

std::optional<ObjectKind> kind_of(std::string_view type, std::string_view symbol) {
  if (type == "OT_RULE") return connector_of(symbol);
  if (type == "OT_FUNC") return symbol.starts_with("ST_PRCS_IF") ? ObjectKind::interface : ObjectKind::function;
  for (const auto& known : object_types)
    if (known.type == type) return known.kind;
  return std::nullopt;
}

std::optional<ConnectionWord> connection_word(std::string_view type) {
  for (const auto known : flow_words)
    if (known == type) return ConnectionWord{true, RelationKind::other};
  for (const auto& known : relation_words)
    if (known.type == type) return ConnectionWord{false, known.kind};
  return std::nullopt;
}

std::string_view connection_type(std::string_view written) {
  const auto begin = written.find(".CT_");
  if (begin == std::string_view::npos) return written;
  const auto type = written.substr(begin + 1);
  return type.substr(0, type.find('.'));
}

std::string language_of(std::string_view number) {
  for (const auto& known : languages)
    if (known.number == number) return std::string(known.tag);
  if (number.empty()) return {};
  if (number.find_first_not_of("0123456789") == std::string_view::npos) return std::string("x-lcid-").append(number);
  std::string tag(number);
  for (auto& c : tag) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return tag == "de-de" || tag == "en-us" ? tag.substr(0, 2) : tag;
}

std::optional<std::string> duration_of(std::string_view value) {
  const auto semicolon = value.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  std::string amount(value.substr(0, semicolon));
  for (auto& c : amount)
    if (c == ',') c = '.';
  const auto number = epc::number_of(amount);
  if (!number || *number < 0) return std::nullopt;
  for (const auto& unit : units) {
    if (unit.number != value.substr(semicolon + 1)) continue;
    std::string text(unit.before);
    text += amount.substr(amount.find_first_not_of(" \t") == std::string::npos ? 0 : amount.find_first_not_of(" \t"));
    return text += unit.letter;
  }
  return std::nullopt;
}

}  // namespace echoflow::aml
