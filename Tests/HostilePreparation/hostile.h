// A hostile `prepare` step: what a package's program could try while an image is built.
#pragma once

// Each returns 0 if the attack had its effect, and -1 with errno set if it was refused.
typedef int attack(const char *secret, int victim, int port);

attack read_secret, climb_to_secret, read_through_proc, escape_by_chroot, inherit_descriptors;
attack signal_victim, trace_parent, read_victim_memory;
attack mount_tmpfs, bind_root, unmount_proc, open_mount_tree, pivot, enter_namespace;
attack make_block_device, make_memory_device;
attack set_core_pattern, set_host_name, press_sysrq, write_device_folder, raise_score;
attack become_root, gain_capability, give_file_away, load_program, use_keyring, make_ring;
attack reach_listener, open_netlink, open_raw_socket;

int leave_daemon(void);
int eat_memory(void);
int replace_folder(const char *target);
