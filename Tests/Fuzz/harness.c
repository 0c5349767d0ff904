// Feeds the parsers in C with inputs that a seed decides, each in a process of its own: the program
// message that a job's process reads (CJob/program.c), and the notes that PID 1 reads
// (codebox-init/supervise.c). Both are built with sanitizers; see `run` beside this file.
//
//     harness program|notes SEED SECONDS FOLDER
//
// Exits with 1 and names the input's seed if one crashes, hangs or breaks a rule.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../Sources/Sandbox/codebox-init/init.h"

enum { LONGEST = 16 << 10, HANG_SECONDS = 10, EXIT_RULE = 42 };

static uint64_t state;

static uint64_t next_random(void) {
    state += 0x9e3779b97f4a7c15u;
    uint64_t word = state;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    return word ^ (word >> 31);
}

static size_t below(size_t bound) {
    return bound ? (size_t)(next_random() % bound) : 0;
}

static struct {
    size_t length;
    unsigned char bytes[LONGEST];
} input;

static void put(const void *bytes, size_t count) {
    if (count > LONGEST - input.length) count = LONGEST - input.length;
    memcpy(input.bytes + input.length, bytes, count);
    input.length += count;
}

static void put_program(void) {
    static const char strings[] = "/bin/true\0-x\0A=1\0B=2";
    const struct cb_job_header header = {.magic = CB_MAGIC,
                                         .argument_count = 2,
                                         .environment_count = 2,
                                         .file_count = 2,
                                         .heap_mib = (uint32_t)below(2) * 64,
                                         .string_bytes = sizeof strings};
    put(&header, sizeof header);
    put(strings, sizeof strings);
    const char *paths[] = {"main.py", "a/b/c.txt"};
    for (int i = 0; i < 2; i++) {
        struct cb_job_file file = {
            .path_bytes = (uint32_t)strlen(paths[i]), .mode = 0644, .content_bytes = 5};
        put(&file, sizeof file);
        put(paths[i], file.path_bytes);
        put("hello", 5);
    }
}

static void put_notes(void) {
    for (size_t i = 0; i < 1 + below(6); i++) {
        struct cb_note note = {.kind = 1 + (uint32_t)below(7), .at_ns = next_random()};
        put(&note, sizeof note);
    }
}

static void mutate(void) {
    static const uint64_t values[] = {0, 1, 0xff, 0x1001, 0x2000, 0xffffffff, 1u << 20, ~0ull};
    static const unsigned char filler[10 << 10] = {'a', 'b', 'c'};
    for (size_t change = below(6); change > 0; change--) {
        size_t at = below(input.length);
        switch (below(6)) {
        case 0: input.bytes[at] ^= (unsigned char)(1u << below(8)); break;
        case 1: input.bytes[at] = (unsigned char)next_random(); break;
        case 2: input.length = at + 1; break;
        case 3: {
            // A number where a count or a length may be.
            size_t size = below(2) ? 4 : 8;
            at &= ~(size_t)3;
            if (at + size <= input.length) memcpy(input.bytes + at, &values[below(8)], size);
            break;
        }
        case 4: put(filler, below(sizeof filler)); break;
        default: put(input.bytes + at, below(input.length - at));
        }
    }
}

// Empties a folder, which may have folders in it.
static void empty(int folder) {
    DIR *entries = fdopendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (unlinkat(dirfd(entries), entry->d_name, 0) == 0) continue;
        int below_it = openat(dirfd(entries), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (below_it >= 0) empty(below_it);
        unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR);
    }
    closedir(entries);
}

static _Noreturn void read_program(void) {
    int ends[2], notes[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0 || pipe(notes) < 0) _exit(EXIT_RULE);
    if (write(ends[0], input.bytes, input.length) != (ssize_t)input.length) _exit(EXIT_RULE);
    close(ends[0]);
    struct cb_received program = {0};
    cb_receive_program(ends[1], notes[1], &program);
    // Every string must end, and both lists, too.
    size_t total = 0;
    for (char **word = program.arguments; *word; word++) total += strlen(*word);
    for (char **word = program.environment; *word; word++) total += strlen(*word);
    _exit(total <= LONGEST ? 0 : EXIT_RULE);
}

// PID 1 with a job's process that writes the input as its notes. The warden must hear whole notes
// only, and PID 1 must end with the job.
static _Noreturn void read_notes(void) {
    int control[2], notes[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, control) < 0 || pipe(notes) < 0) _exit(EXIT_RULE);
    pid_t init = fork();
    if (init == 0) {
        close(control[0]);
        sigset_t child_ended;
        sigemptyset(&child_ended);
        sigaddset(&child_ended, SIGCHLD);
        sigprocmask(SIG_BLOCK, &child_ended, NULL);
        pid_t job = fork();
        if (job == 0) _exit(write(notes[1], input.bytes, input.length) < 0);
        close(notes[1]);
        if (control[1] != CB_FD_CONTROL) dup2(control[1], CB_FD_CONTROL);
        supervise(job, notes[0]);
    }
    close(control[1]);
    close(notes[0]);
    close(notes[1]);
    struct cb_note heard[2] = {{0}};
    for (ssize_t count; (count = recv(control[0], heard, sizeof heard, 0)) > 0;)
        if (count != sizeof *heard) _exit(EXIT_RULE);
    // Whatever the job's process said, the last word is PID 1's, of how that ended.
    if (heard->kind != CB_NOTE_ENDED || heard->status != 0) _exit(EXIT_RULE);
    int status = 0;
    waitpid(init, &status, 0);
    _exit(WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : EXIT_RULE);
}

static int parse_one(int is_program) {
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const struct rlimit small = {1 << 20, 1 << 20};
        setrlimit(RLIMIT_FSIZE, &small);
        signal(SIGXFSZ, SIG_IGN);
        alarm(HANG_SECONDS);
        if (is_program) read_program();
        read_notes();
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : status;
}

int main(int count, char **arguments) {
    if (count != 5) return 2;
    const int is_program = strcmp(arguments[1], "program") == 0;
    const uint64_t seed = strtoull(arguments[2], NULL, 10);
    const time_t end = time(NULL) + atoi(arguments[3]);
    // A path of a program's file may lead anywhere: the folder is the root, and no way leads out.
    if (geteuid() != 0 && unshare(CLONE_NEWUSER) < 0) return 2;
    if (chroot(arguments[4]) < 0 || chdir("/") < 0) return 2;
    unsigned long inputs = 0;
    for (; time(NULL) < end; inputs++) {
        state = seed + inputs;
        input.length = 0;
        if (is_program) put_program();
        else put_notes();
        mutate();
        int status = parse_one(is_program);
        if (status != 0) {
            fprintf(stderr, "%s: CODEBOX_FUZZ_SEED=%lu ends with status %#x\n", arguments[1],
                    (unsigned long)(seed + inputs), status);
            return 1;
        }
        if (is_program) empty(open("/", O_RDONLY | O_DIRECTORY));
    }
    printf("fuzzed %s: %lu inputs\n", arguments[1], inputs);
    return inputs > 100 ? 0 : 1;
}
