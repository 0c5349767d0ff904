import multiprocessing
from multiprocessing import spawn

process = multiprocessing.current_process()
print(process.name, process.daemon, process.pid, process.exitcode, multiprocessing.parent_process())
print(multiprocessing.get_start_method(), multiprocessing.get_logger().handlers, len(process.authkey))
print(spawn.get_executable(), spawn.get_command_line(pipe_handle=5))
print(sorted(spawn.get_preparation_data("name")))
data = spawn.get_preparation_data("name")
print(data["sys_argv"], data["dir"], data.get("init_main_from_path"), data.get("orig_dir"))
