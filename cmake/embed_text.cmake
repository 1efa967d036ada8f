# Run with -P: writes FILES (separated by |) as raw string literals of a table into OUTPUT.
string(REPLACE "|" ";" FILES "${FILES}")
set(ROWS "")
foreach(FILE ${FILES})
  get_filename_component(NAME ${FILE} NAME)
  file(READ ${FILE} TEXT)
  string(APPEND ROWS "    {\"${NAME}\", R\"embedded(${TEXT})embedded\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
  "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nstd::span<const EmbeddedText> ${FUNCTION}() {\n"
  "  static const EmbeddedText texts[] = {\n${ROWS}  };\n  return texts;\n}\n\n}  // namespace ${NAMESPACE}\n")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
