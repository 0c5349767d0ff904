# attack: Reads the service's secrets from its environment.
# layer: a job's environment is built from the request alone
# second: none
# sites: rootless guest
. ./attack.sh
for name in $(compgen -e); do
    case $name in
        PATH | HOME | LANG | LC_* | PWD | SHLVL | _ | TMPDIR | TERM | USER | OLDPWD | TZ) ;;
        *) fell "the variable $name" ;;
    esac
done
end
