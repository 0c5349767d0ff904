#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hostile.h"

static const struct {
    const char *name;
    attack *try;
} attacks[] = {
    // First: the others may leave descriptors of their own.
    {"inherit_descriptors", inherit_descriptors},
    {"read_secret", read_secret},
    {"climb_to_secret", climb_to_secret},
    {"read_through_proc", read_through_proc},
    {"escape_by_chroot", escape_by_chroot},
    {"signal_victim", signal_victim},
    {"trace_parent", trace_parent},
    {"read_victim_memory", read_victim_memory},
    {"mount_tmpfs", mount_tmpfs},
    {"bind_root", bind_root},
    {"unmount_proc", unmount_proc},
    {"open_mount_tree", open_mount_tree},
    {"pivot", pivot},
    {"enter_namespace", enter_namespace},
    {"make_block_device", make_block_device},
    {"make_memory_device", make_memory_device},
    {"set_core_pattern", set_core_pattern},
    {"set_host_name", set_host_name},
    {"press_sysrq", press_sysrq},
    {"write_device_folder", write_device_folder},
    {"raise_score", raise_score},
    {"become_root", become_root},
    {"gain_capability", gain_capability},
    {"give_file_away", give_file_away},
    {"load_program", load_program},
    {"use_keyring", use_keyring},
    {"make_ring", make_ring},
    {"reach_listener", reach_listener},
    {"open_netlink", open_netlink},
    {"open_raw_socket", open_raw_socket},
};

// Writes a line for each attack into the image, which a step may change.
static int try_all(const char *secret, int victim, int port) {
    FILE *report = fopen("/usr/share/attacks", "w");
    if (!report) return 1;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        errno = 0;
        int result = attacks[i].try(secret, victim, port);
        fprintf(report, "%s %s\n", attacks[i].name, result == 0 ? "SUCCEEDED" : strerror(errno));
        fflush(report);
    }
    // Allowed here, and of no effect: no file of an image keeps the bit.
    fchmod(fileno(report), 04755);
    return fclose(report) == 0 ? 0 : 1;
}

// hostile-preparation try SECRET VICTIM PORT | daemon | rest | memory | replace TARGET
int main(int count, char **arguments) {
    const char *what = count > 1 ? arguments[1] : "";
    if (strcmp(what, "try") == 0 && count == 5)
        return try_all(arguments[2], atoi(arguments[3]), atoi(arguments[4]));
    if (strcmp(what, "daemon") == 0) return leave_daemon();
    if (strcmp(what, "rest") == 0) return (int)sleep(3);
    if (strcmp(what, "memory") == 0) return eat_memory();
    if (strcmp(what, "replace") == 0 && count == 3) return replace_folder(arguments[2]);
    return 64;
}
