import sys

events = []
sys.addaudithook(lambda event, arguments: events.append((event, arguments)))
import helper

compile("1", "<text>", "eval")
open("note.txt", "w").close()
for event, arguments in list(events):
    if event == "import":
        print(event, arguments[0], arguments[2] is sys.path or arguments[2])
    elif event == "open" and ".pyc." not in str(arguments[0]):
        print(event, arguments[0], arguments[1])
    elif event == "compile":
        print(event, arguments[1])
