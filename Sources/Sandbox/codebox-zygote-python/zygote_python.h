// What the files of this target share. The image's interpreter is started with this object
// preloaded, whose main function runs in place of the interpreter's (start.c). It brings the
// interpreter to the point right before `python3 main.py` opens main.py, serves forks there, and
// goes on in a child.
#pragma once
#include <stdbool.h>

#include "CZygote.h"
#include "python_api.h"

// settings.c
struct settings {
    char *preload;  // names of modules, comma-separated; NULL: none
};
/// Reads CodeBox's settings from the process's initial environment and removes them, from the bytes
/// that /proc/self/environ shows, too.
void take_settings(char **environment, struct settings *settings);

// streams.c
/// Puts pipes in the place of descriptors 0, 1 and 2 while the interpreter makes its standard
/// streams, which are then as in a job. Returns 0, or -1 with errno set.
int put_pipes_in_place(void);
int put_descriptors_back(void);

// wrappers.c
/// Whether the program has given attributes to a text stream, to its buffer or to its raw file.
bool has_own_attributes(py_object *stream);
/// Whether a text stream has such attributes or is detached from its buffer or its raw file.
bool is_altered_stream(py_object *stream);

/// Modules that were imported ahead of the fork, and are not in sys.modules until a program imports
/// them.
struct hidden_modules {
    py_object *modules;    // dict: name, module
    py_object *plans;      // dict: name, tuple of the names to put back for it, its own the last
    py_object *detached;   // set: names that become attributes of their packages again
    py_object *finders;    // dict: folder, entry of sys.path_importer_cache
    py_object *calls;      // dict: name, list of calls to make: function, arguments, keywords
    py_object *available;  // set: names that have not been put back yet
};

// modules.c
/// Whether sys.modules has a module.
bool is_imported(const char *name);
/// Returns a new reference to a module's attribute, and leaves sys.modules as it was.
py_object *take_attribute(const char *module_name, const char *name);

// preload.c
/// Imports the modules of a comma-separated list, runs through what programs commonly do first, and
/// hides all that were imported. Modules that fail to import are left out.
int preload_modules(const char *names, struct hidden_modules *hidden);

// restore.c
/// Makes imports of hidden modules quick. sys.path must still be that of a bare interpreter.
int prepare_restoring(const struct hidden_modules *hidden);

// shadows.c
int remember_names(py_object *modules);
/// Whether a file in the folder could be imported for one of the wanted names (a tuple).
bool has_module_of(const char *folder, py_object *wanted);

// program.c
/// In the zygote, as late as possible: prepares all that does not depend on the job, from
/// sys.path[0] to `__main__`. Returns 0, or -1.
/// @param arguments the zygote's own command
int prepare_program(char **arguments);
/// Sets the folder of the user's packages; a str or None.
int set_user_packages(py_object *folder);
/// Runs the program and ends the process as the interpreter would.
_Noreturn void run_program(const struct cb_program *program);
/// Runs the file's content as the program, and closes the file.
_Noreturn void run_file(FILE *file);

// entry.c
/// In the zygote: prepares what follows from the name of the program in its own command.
int prepare_entry(const char *own_name);
/// In a job's process: replaces all of that for a program with another name.
int replace_entry(const char *job_name);
/// The program's absolute path.
const char *program_path(void);
/// The dictionary of `__main__`.
py_object *program_variables(void);
/// Whether sys.path begins with the program's folder: not with -P and -I.
bool has_program_folder(void);

// config.c
/// Stores sys.path[0], the folder of the program, in the interpreter's configuration.
int set_first_path(const char *program, const char *folder);
/// Stores those of another program.
int replace_first_path(const char *program, const char *folder);
/// In the zygote: finds the lists of arguments that begin with these.
int find_arguments(const char *program, const char *interpreter);
/// Stores the arguments of subinterpreters, from the interpreter's name on and from the program's.
int store_arguments(char **from_interpreter, char **from_program);
/// In the zygote: finds the list of folders that begins with this one.
void find_search_paths(const char *first);
/// Stores folders (a list) that subinterpreters find before the standard library.
int insert_search_paths(py_object *folders);

// environment.c
/// In the zygote, before the interpreter's start.
int copy_environment(char **environment);
/// In the zygote, after the interpreter's start.
int prepare_environment(void);
enum renewal {
    RENEWED,
    NEEDS_EXEC,      // an interpreter started with these variables would differ in more than them
    RENEWAL_FAILED,  // a Python exception is set
};
/// Sets os.environ and the C environment to the job's, and what an interpreter takes from them at
/// its start: from TZ, PYTHONPATH and, for the user's packages, HOME. The runtime's manifest says
/// which jobs with other variables come here.
enum renewal replace_environment(const struct cb_program *program);

struct ending {
    int status;
    bool interrupted;  // by SIGINT: how python ends after an uncaught KeyboardInterrupt
};

// finalize.c
/// Remembers the modules of sys.modules and those of `hidden`, a dict.
int remember_modules(py_object *hidden);
/// The pid of the program's first process, set by program.c; 0 in the zygote.
extern pid_t program_process;
/// Calls Py_FinalizeEx and ends the process.
_Noreturn void finalize(const struct ending *ending);
/// Called right before the process ends; NULL except in a scout (pages.c).
extern void (*before_leaving)(void);
/// Ends the process, when nothing is left to do for the interpreter.
_Noreturn void leave(const struct ending *ending);

// ending.c
/// In the zygote: remembers what the interpreter's end looks like if a program adds nothing to it.
int remember_ending(void);
int remember_freezing(void);
/// Ends the interpreter and the process.
_Noreturn void end_program(int status, bool interrupted);

// leftovers.c
int remember_objects(void);
/// Freezes all present objects: the collector skips them, and so does not write to them.
int freeze_objects(void);
/// Whether a program could notice the end of an object that was made since the fork: finalizers,
/// weak references' callbacks, files to flush, types of unknown libraries.
bool has_noticeable_objects(void);

// entropy.c
/// How often random numbers have been drawn from the kernel.
unsigned long random_draws(void);
/// In the zygote, after modules were imported: finds libraries that are seeded already.
void find_seeded_libraries(void);
/// In the child: seeds these libraries anew, so that their random numbers do not repeat.
void reseed_libraries(void);

// immortal.c
/// Makes all present objects immortal, except those whose end matters.
void immortalise_objects(void);

// code.c
/// Moves the interpreter's code and constants to huge pages.
void move_code(void);

// pages.c
/// In the zygote: runs a program in a child, and remembers the pages that the child wrote to.
void learn_pages(void);
/// In a forked child: copies these pages before they are needed.
void populate_pages(void);
