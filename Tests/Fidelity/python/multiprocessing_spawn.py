import multiprocessing
import sys

print("module runs as", __name__)


def work(connection):
    connection.send((__name__, sys.argv, multiprocessing.current_process().name, multiprocessing.get_start_method()))


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=work, args=(theirs,))
    sys.stdout.flush()
    process.start()
    print(ours.recv())
    process.join()
    print(process.exitcode)
