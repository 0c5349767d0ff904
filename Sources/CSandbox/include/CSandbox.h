#pragma once
// Kernel interfaces that Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

#include "codebox_protocol.h"
#include "codebox_spawn.h"
// Not in the Glibc module: systemd marks a delegated cgroup with an extended attribute.
#include <sys/xattr.h>
