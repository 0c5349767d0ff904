import helper

print(helper.thing.name)
