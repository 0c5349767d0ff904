import multiprocessing
from multiprocessing import shared_memory


def work(value, array, event, name):
    for _ in range(100):
        with value.get_lock():
            value.value += 1
    array[0] = 7
    block = shared_memory.SharedMemory(name)
    block.buf[:5] = b"hello"
    block.close()
    event.set()


if __name__ == "__main__":
    value, array, event = multiprocessing.Value("i", 0), multiprocessing.Array("d", 3), multiprocessing.Event()
    block = shared_memory.SharedMemory(create=True, size=100)
    processes = [multiprocessing.Process(target=work, args=(value, array, event, block.name)) for _ in range(3)]
    [process.start() for process in processes]
    print(event.wait(4))
    [process.join() for process in processes]
    print(value.value, array[:], bytes(block.buf[:5]))
    block.close()
    block.unlink()
