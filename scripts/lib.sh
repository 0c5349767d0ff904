# shellcheck shell=bash disable=SC2034 # used where this is sourced
# Sourced by the other scripts.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    BOLD=$'\e[1m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
    BOLD='' RED='' PLAIN=''
fi

step() { printf '%s==> %s%s\n' "$BOLD" "$*" "$PLAIN"; }

die() {
    printf '%s%s: %s%s\n' "$RED" "${0##*/}" "$*" "$PLAIN" >&2
    exit 1
}

# Seconds since the script started, for closing lines.
elapsed() { printf '%d min %02d s' $((SECONDS / 60)) $((SECONDS % 60)); }

# scratch_data_dir FOLDER: makes a data directory there, with the images of the usual one.
scratch_data_dir() {
    mkdir -p "$1"
    # The server drops to another user, who must be able to enter it.
    chmod 755 "$1"
    ln -s "$CODEBOX_DATA_DIR/images" "$CODEBOX_DATA_DIR/tags" "$1/"
}

free_port() {
    python3 -c 'if True:
        import socket
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        print(listener.getsockname()[1])'
}
