# Sourced by run_validation and run_tests: installs what is missing, configures, builds what is stale.
# Everything here speaks on stderr, so that the commands' own output stays clean.
#   PTO_NO_INSTALL=1   never install: stop with the command to type
#   PTO_PRESET=asan    another CMake preset than release
#   PTO_JOBS=N         compile jobs (default: the number of cores)

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
preset=${PTO_PRESET:-release}
build=$root/build/$preset
setup_error=105 usage_error=2

say() { printf '%s\n' "$*" >&2; }

# A stamp keeps the check out of every later start: it is as new as the list it was made for.
ensure_packages() {
  local stamp=$root/build/.packages list=$root/ci/packages.txt missing=() package
  [[ $stamp -nt $list ]] && return
  while read -r package; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done < <(grep -v '^#' "$list")
  if ((${#missing[@]})); then
    local elevate=() reason=
    if [[ $EUID -ne 0 ]]; then
      if command -v sudo >/dev/null; then elevate=(sudo); else reason="not root, and there is no sudo"; fi
    fi
    [[ -n ${PTO_NO_INSTALL:-} ]] && reason="PTO_NO_INSTALL is set"
    if [[ -n $reason ]]; then
      say "error: packages are missing ($reason). Type:"
      say "  apt-get install -y --no-install-recommends ${missing[*]}"
      exit $setup_error
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    "${elevate[@]}" apt-get update -qq >&2 || { say "error: apt-get update failed"; exit $setup_error; }
    "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" >"$root/build/.install.log" 2>&1 || {
      tail -5 "$root/build/.install.log" >&2
      say "error: installing failed; the whole log is build/.install.log"
      exit $setup_error
    }
  fi
  touch "$stamp"
}

# build_targets TARGET...: two of these at once wait for each other.
build_targets() {
  local jobs=${PTO_JOBS:-$(nproc)}
  if [[ ! $jobs =~ ^[1-9][0-9]{0,3}$ ]]; then
    say "error: PTO_JOBS: expected an integer from 1 to 1024, found '$jobs'"
    exit $usage_error
  fi
  mkdir -p "$root/build"
  exec 9>"$root/build/.lock"
  flock 9
  ensure_packages
  if [[ ! -f $build/build.ninja ]]; then
    say "Configuring ($preset) in ${build#"$root"/}"
    (cd "$root" && cmake --preset "$preset") >"$root/build/.configure.log" 2>&1 || {
      grep -A4 'CMake Error' "$root/build/.configure.log" >&2
      rm -f "$root/build/.packages"
      say "error: configuring failed; the whole log is build/.configure.log"
      exit $setup_error
    }
  fi
  if [[ $(ninja -C "$build" -n "$@" 2>&1 | tail -1) != *"no work to do"* ]]; then
    say "Building ($preset)"
    ninja -C "$build" -j "$jobs" "$@" >&2 || { say "error: the build failed"; exit $setup_error; }
  fi
  exec 9>&-
}
