import helper

helper.old()
helper.loud()
helper.to_caller()
