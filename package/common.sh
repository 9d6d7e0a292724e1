# SPDX-License-Identifier: MPL-2.0
# shellcheck shell=bash disable=SC2034,SC2164
# Read by the commands of this folder, never run by itself. Needs bash and what every Debian has.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build/release
log_dir=$source_dir/build/log
started=$SECONDS

say() { printf '%s\n' "$*"; }

# fail "what is wrong" "what to do": ends the command.
fail() {
  printf '\n%s\n' "$1" >&2
  [ $# -lt 2 ] || printf '%s\n' "$2" >&2
  exit 1
}

# duration 75 -> "1 min 15 s"
duration() {
  if [ "$1" -lt 60 ]; then
    printf '%d s' "$1"
  else
    printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
  fi
}

# cause LOG: where it says what failed, or else its end.
cause() {
  awk '/FAILED|^E: |Error|error:/ { found = 1 } found && n++ < 30' "$1" | grep . || tail -n 30 "$1"
}

# step LOG "What is done" COMMAND…: one line on the screen, everything else in build/log/LOG.
step() {
  local log=$log_dir/$1 title=$2 begin=$SECONDS
  shift 2
  mkdir -p "$log_dir"
  printf '%-58s ' "$title ..."
  if "$@" >"$log" 2>&1; then
    printf '%s\n' "$(duration $((SECONDS - begin)))"
  else
    printf 'failed\n\n'
    cause "$log" >&2
    fail "This step failed: $title. What it said first stands above, all of it in $log" \
         "${step_hint:-}"
  fi
}

# packages GROUP…: the packages of these groups, one a line.
packages() {
  local group
  [ -r "$source_dir/package/dependencies" ] || fail "$source_dir/package/dependencies cannot be read."
  for group in "$@"; do
    awk -v group="$group" '$1 == group { for (i = 2; i <= NF; ++i) print $i }' \
      "$source_dir/package/dependencies"
  done | sort -u
}

# missing GROUP…: those of them that dpkg does not know as installed.
missing() {
  packages "$@" | while read -r package; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s\n' "$package"
  done
}

apt_quiet() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o APT::Install-Recommends=false \
    -o Acquire::Retries=3 "$@"
}

# Lists are fetched only where apt cannot say from the lists it has how to install the packages.
apt_install() {
  apt_quiet install --simulate "$@" >/dev/null 2>&1 || apt_quiet update
  # Lists of an older day may name files that the mirror no longer has: fetch them and try again.
  apt_quiet install "$@" || { apt_quiet update && apt_quiet install "$@"; }
}

# install GROUP…: installs what is missing and does nothing at all where nothing is.
install() {
  local wanted
  if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    fail "This command installs what it needs with apt-get, which is not here." \
         "Run it on Debian 12, or install the counterparts of package/dependencies and use cmake --preset release."
  fi
  packages "$@" >/dev/null
  mapfile -t wanted < <(missing "$@")
  [ ${#wanted[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    fail "These Debian packages are missing, and only root may install them: ${wanted[*]}" \
         "Run as root: apt-get update && apt-get install --no-install-recommends ${wanted[*]}
Then run this command again; it needs no root."
  fi
  step_hint="Check the network and the package sources of this machine (apt-get update), then run the command again." \
    step install.log "Installing ${#wanted[@]} Debian packages and what they need" apt_install "${wanted[@]}"
}

# One compiler a processor, but not more than the memory carries (a compiler takes up to 1 GB).
jobs() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null)
  [ "${memory:-0}" -ge 1 ] && [ "$memory" -lt "$processors" ] && processors=$memory
  printf '%d' "$processors"
}

# build CMAKE-OPTION…: the preset release, configured with these options.
build() {
  cd "$source_dir"
  step_hint="If the folder build/release comes from another machine or compiler, remove it and try again." \
    step configure.log "Configuring" cmake --preset release "$@"
  step build.log "Building with $(jobs) processor(s)" cmake --build "$build_dir" --parallel "$(jobs)"
}
