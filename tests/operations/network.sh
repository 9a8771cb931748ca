#!/usr/bin/env bash
# A network from an empty folder, by commands alone: a coordinator and three national instances, applications and
# decisions, a suspension, a new key, a stolen key, and another coordinator. Run it with
#   HUB=nmirf-hub DIR=$(mktemp -d) PORT=4100 bash network.sh
# It uses the ports PORT to PORT+4 of this machine, and ends everything that it started.
set -euo pipefail
HUB=${HUB:-nmirf-hub} DIR=${DIR:?an empty folder} PORT=${PORT:-4100}
unset NMIRF_HUB_CONFIG
declare -A number=([coordinator]=0 [ma]=1 [pt]=2 [py]=3 [successor]=4) server=()

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
url() { echo "http://127.0.0.1:$((PORT + number[$1]))"; }
# hub WHO COMMAND …: a command of one instance.
hub() { "$HUB" --config "$DIR/$1/hub.toml" "${@:2}"; }
start() {
    "$HUB" --config "$DIR/$1/hub.toml" serve 2>>"$DIR/$1.log" &
    server[$1]=$!
    eventually "$1 answers" answers "$1"
}
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$((PORT + number[$1]))") 2>/dev/null; }
stop() { kill "${server[$1]}"; wait "${server[$1]}" || true; unset "server[$1]"; }
trap 'for process in "${server[@]}"; do kill "$process" 2>/dev/null || true; done; wait' EXIT
# eventually WHAT COMMAND …: until the command succeeds, 60 seconds at most.
eventually() {
    for _ in $(seq 200); do "${@:2}" && return; sleep 0.3; done
    for log in "$DIR"/*.log; do echo "-- $log" >&2; tail -n 15 "$log" >&2; done
    fail "not within a minute: $1"
}
# shows WHO TEXT: whether a practice with this text is held and shown, for the network alone or for all.
shows() { hub "$1" export --kind practice --format jsonl | grep -q "$2"; }
hides() { ! shows "$@"; }
# publish WHO AUDIENCE UUID TITLE: one practice.
publish() {
    local country=${1^^}
    [ "$1" != thief ] || country=PT
    printf '{"id":"0190f0c1-7b1e-7c3a-9d55-%012d","country":"%s","audience":"%s","title":{"en":"%s"},"summary":{"en":"In short"}}\n' \
        "$3" "$country" "$2" "$4" >"$DIR/practice.jsonl"
    hub "$1" import --kind practice "$DIR/practice.jsonl" >/dev/null
}
# keeps WHO OF UUID: whether a practice of OF can be read at WHO by its id, in the lists or not. The id is the first half of
# a hash of origin and record (protocol §3).
keeps() {
    local hash id
    hash=$(printf '%s\npractice/0190f0c1-7b1e-7c3a-9d55-%012d' "$(url "$2")" "$3" | sha256sum | cut -c 1-32)
    id=$(printf '%b' "$(sed 's/../\\x&/g' <<<"$hash")" | base64 | tr '+/' '-_' | tr -d '=')
    hub "$1" record show "$id" >/dev/null
}
# member NAME: of the JSON on its input the first member of this name, a text.
member() { grep -o "\"$1\": *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
# received WHO OF: how many revisions the server of WHO has received of OF's journals since it was first started.
received() {
    { grep 'a new state was proved' "$DIR/$1.log" || true; } | { grep -F "$(url "$2")" || true; } |
        sed -n 's/.*"revisions":\([0-9]*\).*/\1/p' | awk '{ sum += $1 } END { print sum + 0 }'
}
state() { hub "$1" peer show "$(url "$2")" --json | tr -d ' \n'; }

say 'A coordinator'
hub coordinator init --role coordinator --entity-id "$(url coordinator)" --name Coordinator \
    --set sync.interval=2s --set telemetry.format=json
start coordinator
pin=$(hub coordinator key show --json | member thumbprint)

say 'Three national instances apply, and are admitted'
for who in ma pt py; do
    hub $who init --entity-id "$(url $who)" --name "Hub of ${who^^}" --country "${who^^}" --coordinator "$(url coordinator)" \
        --yes "$pin" --set sync.interval=2s --set telemetry.format=json >/dev/null
    start $who
    case=$(hub $who member apply --json | sed -n 's/.*"number": *\([0-9]*\).*/\1/p' | head -n 1)
    thumbprint=$(hub $who key show --json | member thumbprint)
    hub coordinator member decide "$case" --admit --thumbprint-tail "${thumbprint: -7}" >/dev/null
done
hub coordinator member list

say 'The first round: public and network records reach every member'
publish ma public 1 'Open of MA'
publish ma network 2 'Closed of MA'
publish pt public 3 'Open of PT'
publish pt public 4 'Second of PT'
for who in ma pt py; do
    for text in 'Open of MA' 'Closed of MA' 'Open of PT' 'Second of PT'; do eventually "$text at $who" shows $who "$text"; done
done

say 'PY is suspended: network records are closed to it within one round, and its public copies are labelled'
publish py public 5 'Open of PY'
eventually 'the record of PY at MA' shows ma 'Open of PY'
hub coordinator member suspend PY --reason 'Decision of the assembly'
labelled() { state ma py | grep -q '"state":"SUSPENDED"'; }
eventually 'PY is labelled at MA' labelled
publish ma network 6 'Later, closed'
publish ma public 7 'Later, open'
eventually 'the open one at PY' shows py 'Later, open'
eventually 'the closed one at PT' shows pt 'Later, closed'
hides py 'Later, closed' || fail 'a suspended member has got a network record'
shows py 'Closed of MA' || fail 'what it held stays at it'
hides ma 'Open of PY' || fail 'it is in the lists'
keeps ma py 5 || fail 'the copies stay'

say 'MA goes on with a new key: no round is missed, no revision comes twice'
before=$(received pt ma)
failed=$(grep -c 'the round failed' "$DIR/pt.log" || true)
new=$(hub ma key rotate --json | member thumbprint)
confirm() { hub coordinator member key confirm MA "$new" 2>/dev/null; }
eventually 'the coordinator has read the announcement' confirm
retired() { hub coordinator export --kind member --format jsonl | grep -F "$(url ma)" | grep -q '"retired"'; }
eventually 'the old key is retired' retired
[ "$(hub ma key show --json | member thumbprint)" = "$new" ] || fail 'MA signs with another key'
[ "$(received pt ma)" = "$before" ] || fail 'a revision of MA came again'
[ "$(grep -c 'the round failed' "$DIR/pt.log" || true)" = "$failed" ] || fail 'a round was missed'

say "PT's key is stolen: somebody signs in its name"
stop pt
cp -r "$DIR/pt" "$DIR/thief"
number[thief]=${number[pt]}
start thief
publish thief public 3 'Lies'
eventually 'the lie at MA' shows ma 'Lies'
stop thief
stolen=$(hub pt key show --json | member thumbprint)
hub coordinator member key compromised PT "$stolen" --reason 'Its server was broken into'
eventually 'everything under the stolen key is hidden at MA' hides ma 'Lies'
hides ma 'Second of PT' || fail 'a record under a stolen checkpoint is shown'
before=$(received ma pt)
states=$(grep 'a new state was proved' "$DIR/ma.log" | grep -cF "$(url pt)")
start pt
new=$(hub pt key compromised --yes --json | member thumbprint)
case=$(hub coordinator member applications --status applied --json | sed -n 's/.*"number": *\([0-9]*\).*/\1/p' | head -n 1)
hub coordinator member decide "$case" --admit --thumbprint-tail "${new: -7}" >/dev/null
eventually 'the owner signed anew' shows ma 'Open of PT'
shows ma 'Second of PT' || fail 'the owner has it'
told() { [ "$(grep 'a new state was proved' "$DIR/ma.log" | grep -cF "$(url pt)")" -gt "$states" ]; }
eventually 'the log of MA tells of it' told
hides ma 'Lies' || fail 'the lie is shown'
# The one that the thief changed, at most: MA may still hold the owner's.
[ $(($(received ma pt) - before)) -le 1 ] || fail 'other revisions than the changed one came'

say 'Another coordinator: after the handover the old one can change nothing'
hub successor init --role coordinator --entity-id "$(url successor)" --name Successor --coordinator "$(url coordinator)" \
    --yes "$(hub coordinator key show --json | member thumbprint)" --set sync.interval=2s --set telemetry.format=json >/dev/null
start successor
hub coordinator peer add "$(url successor)" --yes "$(hub successor key show --json | member thumbprint)"
# The running coordinator sees within a moment that it was added.
takes_over() { hub successor member handover --take-over; }
eventually 'the old coordinator lets it read everything' takes_over
hub coordinator member handover "$(url successor)" --yes
if hub coordinator member suspend MA --reason 'Too late' 2>"$DIR/refused"; then fail 'the old coordinator changed the register'; fi
cat "$DIR/refused"
leads() { hub successor member suspend PT --reason 'Decision of the assembly' >/dev/null 2>&1; }
eventually 'the successor leads' leads
labelled() { state ma pt | grep -q '"state":"SUSPENDED"'; }
eventually 'MA follows the successor' labelled
keeps ma pt 3 || fail 'the copies stay'
say 'Done'
