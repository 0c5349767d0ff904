// libc's own functions, where this object has others of the same name.
#pragma once
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <unistd.h>

struct real {
    int (*pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    int (*cond_wait)(pthread_cond_t *, pthread_mutex_t *);
    int (*cond_signal)(pthread_cond_t *);
    int (*cond_broadcast)(pthread_cond_t *);
    int (*sem_wait)(sem_t *);
    int (*sem_post)(sem_t *);
    int (*madvise)(void *, size_t, int);
    int (*epoll_create1)(int);
    int (*epoll_ctl)(int, int, int, struct epoll_event *);
    int (*epoll_pwait)(int, struct epoll_event *, int, int, const sigset_t *);
    int (*eventfd)(unsigned, int);
    int (*pipe2)(int[2], int);
    int (*open)(const char *, int, ...);
    int (*close)(int);
    int (*register_atfork)(void (*)(void), void (*)(void), void (*)(void), void *);
    ssize_t (*read)(int, void *, size_t);
    ssize_t (*write)(int, const void *, size_t);
    long (*syscall)(long, ...);
    int (*start_main)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
                      void (*)(void), void *);
};
extern struct real real;
