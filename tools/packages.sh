# Debian's packages that Echoflow needs, by purpose; sourced by the scripts beside it.
BUILD_PACKAGES="build-essential cmake ninja-build ccache mold pkg-config libxerces-c-dev libboost-graph-dev libsoci-dev
  libpoco-dev libgtest-dev libgmock-dev libbenchmark-dev libxslt1-dev libxml2-dev libfmt-dev libspdlog-dev libicu-dev
  libsqlite3-dev libpq-dev libssl-dev rapidjson-dev libtomlplusplus-dev zlib1g-dev libcurl4-openssl-dev libgmime-3.0-dev
  libpango1.0-dev libcairo2-dev libqpdf-dev libzip-dev fonts-liberation2"
TEST_PACKAGES="dovecot-imapd dovecot-lmtpd opensmtpd postgresql postgresql-common python3 curl poppler-utils qpdf libreoffice-writer-nogui chromium
  fonts-dejavu-core"
CHECK_PACKAGES="clang-format clang-tidy"
FUZZ_PACKAGES="clang libclang-rt-14-dev"

# install PACKAGE...: installs what is missing, and says so.
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Missing packages: ${missing[*]}. Install them as root (sudo is not here)." >&2; return 1; }
    root=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  "${root[@]}" apt-get update -q >/dev/null || true
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
}
