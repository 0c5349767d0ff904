if os.uname().machine != "x86_64":
    print('"ENOSYS"')
    sys.exit()
pid = os.fork()
if pid == 0:
    r = call("syscall", 0x40000000 | 165, 0, 0, 0, 0, 0, 0)
    os._exit({"EPERM": 1, "ENOSYS": 2}.get(r, 3))
status = os.wait()[1]
print(
    json.dumps(
        {1: "EPERM", 2: "ENOSYS", -31: "SIGSYS"}.get(os.waitstatus_to_exitcode(status), status)
    )
)
