// Programs started with posix_spawn, which costs their parent next to nothing, whatever its size.
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT, INPUT, PROCESS };

extern char **environ;
static const struct options *options;
static int null_device;

static void write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) < 0) fail("%s", path);
    close(file);
}

// The folder becomes the root, with this machine's /proc and /dev, in a mount namespace that nobody
// else sees. What is spawned starts there with no helper in between that would be measured along.
static void enter_root(const char *root) {
    char text[64];
    unsigned uid = geteuid(), gid = getegid();
    // An ordinary user may mount and chroot in a user namespace of its own.
    if (unshare(CLONE_NEWNS | (uid == 0 ? 0 : CLONE_NEWUSER)) != 0) fail("unshare");
    if (uid != 0) {
        write_file("/proc/self/setgroups", "deny");
        snprintf(text, sizeof text, "0 %u 1", uid);
        write_file("/proc/self/uid_map", text);
        snprintf(text, sizeof text, "0 %u 1", gid);
        write_file("/proc/self/gid_map", text);
    }
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) fail("making mounts private");
    static const char *const shared[] = {"/proc", "/dev"};
    for (int i = 0; i < 2; i++) {
        char target[4096];
        snprintf(target, sizeof target, "%s%s", root, shared[i]);
        if (mount(shared[i], target, NULL, MS_BIND | MS_REC, NULL) != 0) fail("%s", target);
    }
    if (chroot(root) != 0 || chdir("/") != 0) fail("%s", root);
}

static void spawn_prepare(const struct options *given) {
    options = given;
    if (options->root != NULL) enter_root(options->root);
    null_device = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null_device < 0) fail("/dev/null");
}

static void spawn_open(struct slot *slot) {
    (void)slot;
}

static char **arguments(void) {
    static char *list[64], name[64];
    static unsigned number;
    int count = 0;
    snprintf(name, sizeof name, "codebox-bench-%d-%u", getpid(), number++);
    for (; count < 63 && options->argv[count] != NULL; count++)
        list[count] = strcmp(options->argv[count], "{}") == 0 ? name : options->argv[count];
    list[count] = NULL;
    return list;
}

// A program just spawned still has our descriptors for a moment, and with them what epoll watches.
static void end_watch(int *descriptor) {
    unwatch(*descriptor);
    close(*descriptor);
    *descriptor = -1;
}

static void feed(struct slot *slot) {
    const struct bytes *input = &options->input;
    while (slot->sent < input->length) {
        ssize_t put = write(slot->input, input->at + slot->sent, input->length - slot->sent);
        if (put < 0 && errno == EAGAIN) return;
        if (put < 0) fail("writing to the program");
        slot->sent += (size_t)put;
    }
    end_watch(&slot->input);
}

static void spawn_begin(struct slot *slot) {
    int output[2], input[2] = {null_device, -1};
    if (pipe2(output, O_CLOEXEC) != 0) fail("pipe2");
    if (options->input.length > 0 && pipe2(input, O_CLOEXEC) != 0) fail("pipe2");

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t reset;
    sigemptyset(&reset);
    sigaddset(&reset, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &reset);
    char **argv = arguments();
    errno = posix_spawn(&slot->pid, argv[0], &actions, &attributes, argv, environ);
    if (errno != 0) fail("%s", argv[0]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);

    close(output[1]);
    slot->output = output[0];
    slot->process = (int)syscall(SYS_pidfd_open, slot->pid, 0);
    if (slot->process < 0) fail("pidfd_open");
    fcntl(slot->output, F_SETFL, O_NONBLOCK);
    watch(slot->output, EPOLLIN, slot, OUTPUT);
    watch(slot->process, EPOLLIN, slot, PROCESS);
    if (input[1] < 0) return;
    close(input[0]);
    slot->input = input[1];
    fcntl(slot->input, F_SETFL, O_NONBLOCK);
    watch(slot->input, EPOLLOUT, slot, INPUT);
}

static void reap(struct slot *slot) {
    int status;
    if (waitpid(slot->pid, &status, 0) != slot->pid) fail("waitpid");
    end_watch(&slot->process);
    if (status == 0) return;
    errno = 0;
    fail("%s ended with wait status %d", options->argv[0], status);
}

static int spawn_step(struct slot *slot, int which, uint32_t events) {
    (void)events;
    if (which == INPUT) feed(slot);
    if (which == OUTPUT && !read_available(slot->output, &slot->answer)) end_watch(&slot->output);
    if (which == PROCESS) reap(slot);
    if (slot->output >= 0 || slot->process >= 0) return 0;
    if (slot->input >= 0) end_watch(&slot->input);
    const struct bytes *expected = &options->expected;
    if (slot->answer.length != expected->length ||
        memcmp(slot->answer.at, expected->at, expected->length) != 0)
        show_mismatch(slot, "a wrong output");
    return 1;
}

static void spawn_abandon(struct slot *slot) {
    if (slot->process < 0) return;
    kill(slot->pid, SIGKILL);
    waitpid(slot->pid, NULL, 0);
}

const struct driver spawn_driver = {spawn_prepare, spawn_open, spawn_begin, spawn_step,
                                    spawn_abandon};
