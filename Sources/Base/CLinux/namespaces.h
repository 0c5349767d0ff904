#pragma once
#include <sys/types.h>

/// In a new user namespace: maps this one uid and gid to the process's own outside, which an
/// ordinary user may do. Returns 0, or -errno.
int cb_map_one_id(uid_t uid, uid_t outer_uid, gid_t gid, gid_t outer_gid);
