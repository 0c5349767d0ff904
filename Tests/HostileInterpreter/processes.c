#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CLinux.h"
#include "hostile.h"

enum { WARDEN = 1 };

int play_job(void) {
    puts("a job");
    return 0;
}

_Noreturn void stay(void) {
    alarm(CB_HOSTILE_SECONDS);
    sleep(CB_HOSTILE_SECONDS);
    _exit(0);
}

static void never_fork(const int *fds, int count) {
    (void)fds;
    (void)count;
}

int play_daemons(void) {
    // One that has left its parent, its session and its process group.
    const pid_t between = fork();
    if (between == 0) {
        setsid();
        if (fork() == 0) stay();
        _exit(0);
    }
    if (between < 0 || waitpid(between, NULL, 0) != between) return 1;
    // And one whose own child is nobody's but its own, until it ends.
    const pid_t parent = fork();
    if (parent == 0) {
        (void)fork();
        stay();
    }
    return parent < 0 ? 1 : serve_forks(never_fork);
}

// With a code of the sender's choice; the kernel allows none of its own or of kill(2).
static int queue_signal(int code) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = SIGTERM;
    info.si_code = code;
    // As from outside of the warden's pid namespace.
    info.si_pid = 0;
    return (int)syscall(SYS_rt_sigqueueinfo, WARDEN, SIGTERM, &info);
}

static _Noreturn void flood(int output) {
    static const int codes[] = {SI_QUEUE, SI_TIMER, SI_MESGQ, SI_ASYNCIO, SI_SIGIO, SI_USER};
    const time_t end = time(NULL) + CB_HOSTILE_SECONDS;
    int has_told = 0;
    for (unsigned turn = 0; time(NULL) < end; turn++) {
        // The likeliest to be believed most of the time, and first.
        const int code = turn % 8 ? SI_QUEUE : codes[turn / 8 % (sizeof codes / sizeof *codes)];
        if (queue_signal(code) == 0 && !has_told) {
            dprintf(output, "delivered\n");
            has_told = 1;
        }
        if (turn % 16 == 7) kill(WARDEN, turn % 32 == 7 ? SIGTERM : SIGKILL);
    }
    _exit(0);
}

static void flood_once(const int *fds, int count) {
    static int is_flooding;
    (void)count;
    if (is_flooding) return;
    is_flooding = 1;
    if (fork() == 0) flood(fds[CB_FORK_STDOUT]);
}

int play_flood(void) {
    return serve_forks(flood_once);
}
