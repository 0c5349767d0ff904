// The part of a zygote that no language sees: taking fork requests from the warden, forking, and
// entering the sandbox. A language's own part (codebox-zygote-python, codebox-zygote-node) brings an
// interpreter to the point right before it would read its program, calls cb_zygote_serve, and goes
// on with the program when that returns.
//
// Both are linked into one shared object that the interpreter of the image is started with
// (LD_PRELOAD of an inherited descriptor), so no image holds anything of CodeBox's.
#pragma once
#include <stdint.h>

/// The program of a job, as its client sent it; its files are in the workspace by then.
struct cb_program {
    char **arguments;    // NULL-terminated argv, the interpreter's own path first
    char **environment;  // NULL-terminated "NAME=value"
    uint32_t argument_count;
    uint32_t environment_count;
};

/// What a language does around a fork. Any may be NULL.
struct cb_zygote_hooks {
    /// In the zygote, right before a fork and right after it.
    void (*before_fork)(void);
    void (*after_fork_in_parent)(void);
    /// In the child, first thing after the fork; no layer is on yet and no client's byte was read.
    void (*after_fork_in_child)(void);
    /// In the child, with every layer on, while it still waits for its program: touches what the
    /// program's first steps will touch. It must leave no trace that a program could see.
    void (*prewarm)(void);
    /// prewarm makes no descriptor with this number or a higher one; 0 if it makes none.
    int first_free_descriptor;
};

/// Serves the warden's fork requests. Returns in a child only, in its sandbox with all layers on,
/// once its program has come and may be continued here (else the child execs it).
///
/// Never returns in the zygote, which exits when the warden closes its control socket.
/// File descriptors 0, 1 and 2 are the job's then, and no other is open.
void cb_zygote_serve(const struct cb_zygote_hooks *hooks, struct cb_program *program);

/// Says that the program has ended and exits at once, without libc's handlers.
/// @param status exit code, 0-255.
_Noreturn void cb_zygote_exit(int status);
