# Completion of echoflow for bash; made by echoflow help --format bash.
_echoflow() {
  local word=${COMP_WORDS[COMP_CWORD]} options=
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "serve check import analyse diagram deploy document verify export understand kpis feedback help version" -- "$word"))
    return
  fi
  case ${COMP_WORDS[1]} in
    serve) options="--listen --data --database --in-memory --config --cert --key --insecure --tokens --public-services --public-url --request-timeout --max-connections --max-message-bytes --max-archive-bytes --workers --cool-seconds --drain-seconds --channels --rules --model --signing-key --desk --log-level --help" ;;
    check) options="--json --help" ;;
    import) options="--output --json --help" ;;
    analyse) options="--lang --no-style --json --help" ;;
    diagram) options="--output --lang --own --pages --help" ;;
    deploy) options="--server --name --token --json --help" ;;
    document) options="--format --lang --output --previous --process --number --document-version --owner --iso-9001 --date --server --token --help" ;;
    verify) options="--fingerprint --json --help" ;;
    export) options="--format --output --data --database --from --to --pseudonyms --structured --signing-key --help" ;;
    understand) options="--rules --model --language --train --out --name --benchmark --test --json --help" ;;
    kpis) options="--server --token --json --help" ;;
    feedback) options="--channel --server --secret --help" ;;
    help) options="--format --help" ;;
    version) options="--json --help" ;;
  esac
  case $word in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _echoflow echoflow
