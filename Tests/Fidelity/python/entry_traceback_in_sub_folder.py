import helper

helper.fail(lambda: 1 / 0)
