#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#include "zygote_python.h"

// The interpreter keeps sys.path[0] in its configuration, too, where Py_RunMain stores it. Error
// messages use it to find modules that shadow the standard library's, and subinterpreters take
// their sys.path from it. The order of the fields is documented (PyConfig.run_filename, and behind
// it the one that Py_RunMain sets), but not their offset, so the field is found by the one before
// it.

enum { CONFIGURATION_WORDS = 128 };

static bool is_mapped(uintptr_t address, size_t bytes) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = address & ~(page - 1);
    unsigned char resident[4];
    size_t length = address + bytes - start;
    return length <= sizeof resident * page && mincore((void *)start, length, resident) == 0;
}

static bool is_text(uintptr_t word, const wchar_t *text) {
    size_t bytes = (wcslen(text) + 1) * sizeof *text;
    return word % sizeof *text == 0 && word > 1 << 16 && is_mapped(word, bytes) &&
           wcscmp((const wchar_t *)word, text) == 0;
}

int set_first_path(const char *program, const char *folder) {
    uintptr_t *words = (uintptr_t *)python._Py_GetConfig();
    wchar_t *name = python.Py_DecodeLocale(program, NULL);
    wchar_t *path = python.Py_DecodeLocale(folder, NULL);
    if (!name || !path) return -1;
    int found = 0;
    for (int i = 0; i < CONFIGURATION_WORDS - 1 && !found; i++) {
        if (!is_text(words[i], name) || words[i + 1]) continue;
        // `path` is in memory that the interpreter frees at its end.
        words[i + 1] = (uintptr_t)path;
        found = 1;
    }
    python.PyMem_RawFree(name);
    return found ? 0 : -1;
}
