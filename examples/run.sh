#!/bin/bash
# run.sh: runs, stores, awaits, lists and cancels jobs. Needs curl 7.82 or newer and python3.
# shellcheck disable=SC2016 # expansions in single quotes belong to the programs that are sent
set -euo pipefail

server=${CODEBOX_SERVER:-http://127.0.0.1:8080}
headers=()
if [[ -n ${CODEBOX_API_KEY:-} ]]; then
    headers=(--header "Authorization: Bearer $CODEBOX_API_KEY")
fi

# request METHOD PATH [CURL-ARGUMENT]...
request() {
    curl --silent --show-error --fail-with-body "${headers[@]}" --request "$1" "$server$2" "${@:3}"
}

# field NAME: prints a field of the JSON object on standard input.
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

echo "What can run here:"
request GET /v1/runtimes; echo

echo "A program that is run at once and not stored:"
request POST /v1/run --json '{"runtime": "python", "source": "print(6 * 7)"}' | field stdout

echo "A job that is stored and awaited:"
id=$(request POST /v1/jobs --json '{
    "runtime": "bash", "source": "read -r name; echo \"hello, $name\"", "stdin": "world\n",
    "labels": {"from": "example"}, "limits": {"wall_ms": 2000}}' | field id)
request GET "/v1/jobs/$id?wait=30" | field stdout

echo "A job that is canceled:"
id=$(request POST /v1/jobs --json '{"runtime": "bash", "source": "sleep 60"}' | field id)
request DELETE "/v1/jobs/$id" > /dev/null
request GET "/v1/jobs/$id?wait=30" | field outcome

echo "Finished jobs with a label:"
request GET '/v1/jobs?label=from:example&state=finished&limit=1'; echo
