# What the attacks in bash share.
fallen=0

fell() {
    fallen=$((fallen + 1))
    echo "fell: $*"
}

# refused WHAT COMMAND...: runs a command, which must fail.
refused() {
    local what=$1
    shift
    if "$@" > /dev/null 2>&1; then fell "$what"; fi
}

end() {
    if ((fallen == 0)); then echo held; else echo "$fallen fell"; fi
}
