// Between the files of this target. An interpreter of the image is started with this object
// preloaded; instead of its main function ours runs (start.c). It brings the interpreter to where
// `python3 main.py` is right before it opens main.py, serves forks, and in a child goes on.
#pragma once
#include <stdbool.h>

#include "CZygote.h"
#include "python_api.h"

// settings.c
struct settings {
    char *preload;  // names of modules, comma-separated; NULL: none
};
/// Takes our settings out of the process's initial environment, as if they had never been there:
/// /proc/self/environ shows the same bytes as the pointers.
void take_settings(char **environment, struct settings *settings);

// streams.c
/// Puts pipes in the place of descriptors 0, 1 and 2, for the time in which the interpreter makes
/// its standard streams: they come out as they do in a job. Returns 0, or -1 with errno.
int put_pipes_in_place(void);
int put_descriptors_back(void);

/// Modules that were imported ahead of the fork, and are not in sys.modules until they are asked
/// for.
struct hidden_modules {
    py_object *modules;    // dict: name, module
    py_object *plans;      // dict: name, tuple of the names to put back for it, itself the last
    py_object *detached;   // set: names that are to be set as attributes of their packages
    py_object *finders;    // dict: folder, entry of sys.path_importer_cache
    py_object *calls;      // dict: name, list of calls to make: function, arguments, keywords
    py_object *available;  // set: names of those that have not been put back yet
};

// modules.c
/// Whether sys.modules has a module.
bool is_imported(const char *name);
/// Returns a new reference to a module's attribute, and leaves sys.modules as it was.
py_object *take_attribute(const char *module_name, const char *name);

// preload.c
/// Imports the modules of a comma-separated list, runs through what programs commonly do first, and
/// hides them all. What fails to import is left out.
int preload_modules(const char *names, struct hidden_modules *hidden);

// restore.c
/// Makes imports of hidden modules quick. sys.path must be the bare interpreter's still.
int prepare_restoring(const struct hidden_modules *hidden);

// shadows.c
int remember_names(py_object *modules);
/// Whether a file in the folder would be imported for one of the wanted names (a tuple).
bool has_module_of(const char *folder, py_object *wanted);

// program.c
/// In the zygote, as late as possible: what does not depend on the job, from sys.path[0] to
/// `__main__`. Returns 0, or -1 with a Python exception set.
int prepare_program(void);
/// Runs the program and ends the process as the interpreter would.
_Noreturn void run_program(const struct cb_program *program);
/// Runs what is in the file as the program, and closes it.
_Noreturn void run_file(FILE *file);

// config.c
/// Tells the interpreter of sys.path[0], the folder of the program.
int set_first_path(const char *program, const char *folder);

// environment.c
/// In the zygote, before the interpreter's start and after it.
int copy_environment(char **environment);
int prepare_environment(void);
/// Makes os.environ and the C environment those of the job.
int replace_environment(const struct cb_program *program);

struct ending {
    int status;
    bool interrupted;  // by SIGINT, as python dies of an uncaught KeyboardInterrupt
};

// finalize.c
/// `hidden`: a dict of modules besides those of sys.modules.
int remember_modules(py_object *hidden);
/// The pid of the program's first process, set by program.c; 0 in the zygote.
extern pid_t program_process;
/// Py_FinalizeEx, and the end of the process.
_Noreturn void finalize(const struct ending *ending);
/// Called right before the process ends; NULL, but in a scout (pages.c).
extern void (*before_leaving)(void);
/// The end of the process, when nothing is left to be done for the interpreter.
_Noreturn void leave(const struct ending *ending);

// ending.c
/// In the zygote: what the interpreter's end looks like when a program has added nothing to it.
int remember_ending(void);
int remember_freezing(void);
/// Ends the interpreter and the process.
_Noreturn void end_program(int status, bool interrupted);

// leftovers.c
int remember_objects(void);
/// Whatever is there now stays: the collector need not look at it again, and so won't write to it.
int freeze_objects(void);
/// Whether the end of one of the objects that came into being since the fork could be noticed:
/// finalizers, weak references' callbacks, files to flush, types of unknown make.
bool has_noticeable_objects(void);

// entropy.c
/// How often random numbers have been drawn from the kernel.
unsigned long random_draws(void);
/// In the zygote, after modules were imported.
void find_seeded_libraries(void);
/// In the child: so that no random numbers of libraries repeat.
void reseed_libraries(void);

// immortal.c
/// Makes every object that is there immortal, but for those whose end matters.
void immortalise_objects(void);

// code.c
/// Puts the interpreter's code and constants into huge pages.
void move_code(void);

// pages.c
/// Has a child run a program to its end, and remembers the pages that it wrote to.
void learn_pages(void);
/// Makes a forked child's own copies of these pages, before it needs them.
void populate_pages(void);
