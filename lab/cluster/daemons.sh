# Sourced by the init scripts. Expects LOGS, the folder of the logs, and NAME, a prefix of their names.

# start NAME COMMAND [ARGUMENT...]: runs a daemon in the background.
start() {
    local daemon=$1
    shift
    "$@" </dev/null >>"$LOGS/$NAME-$daemon.log" 2>&1 &
    echo "$daemon has pid $!"
}

# reap_forever: what PID 1 is for. A daemon that ends is not started again: it shows in the status.
reap_forever() {
    while true; do
        wait -n || true
        sleep 0.2
    done
}
