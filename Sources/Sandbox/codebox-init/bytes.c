#include <stddef.h>
#include <string.h>

// The functions of libc that the compiler and CJob call. They are compiled with -ffreestanding, or
// the compiler would replace their loops by calls of themselves.

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
    for (size_t i = 0; i < count; i++) ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memset(void *bytes, int value, size_t count) {
    for (size_t i = 0; i < count; i++) ((char *)bytes)[i] = (char)value;
    return bytes;
}

void *memchr(const void *bytes, int value, size_t count) {
    for (const char *at = bytes; count > 0; at++, count--)
        if (*at == (char)value) return (void *)at;
    return NULL;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length]) length++;
    return length;
}

char *strchr(const char *text, int value) {
    for (;; text++) {
        if (*text == (char)value) return (char *)text;
        if (!*text) return NULL;
    }
}

int strcmp(const char *one, const char *other) {
    while (*one && *one == *other) one++, other++;
    return (unsigned char)*one - (unsigned char)*other;
}
