def fail():
    return undefined_name


fail()
