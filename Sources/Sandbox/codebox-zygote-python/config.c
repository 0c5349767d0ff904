#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#include "zygote_python.h"

// The interpreter keeps sys.path[0] in its configuration, too, where Py_RunMain stores it. Error
// messages use it to find modules that shadow the standard library's. Subinterpreters take their
// sys.path from it and from the list of folders there, and their sys.argv from another list. The
// order of the fields is documented
// (PyConfig.run_filename, and behind it the one that Py_RunMain sets; a list's length and items),
// but not their offset, so they are found by what they hold.

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

// run_filename, and behind it sys_path_0.
static uintptr_t *fields;

// The interpreter frees the texts at its end.
static int set_fields(const wchar_t *name, const wchar_t *path) {
    if (!name || !path) return -1;
    fields[0] = (uintptr_t)name;
    fields[1] = (uintptr_t)path;
    return 0;
}

int set_first_path(const char *program, const char *folder) {
    uintptr_t *words = (uintptr_t *)python._Py_GetConfig();
    wchar_t *name = python.Py_DecodeLocale(program, NULL);
    if (!name) return -1;
    for (int i = 0; i < CONFIGURATION_WORDS - 1 && !fields; i++)
        if (is_text(words[i], name) && !words[i + 1]) fields = &words[i];
    python.PyMem_RawFree(name);
    if (!fields) return -1;
    return set_fields((wchar_t *)fields[0], python.Py_DecodeLocale(folder, NULL));
}

int replace_first_path(const char *program, const char *folder) {
    return set_fields(python.Py_DecodeLocale(program, NULL), python.Py_DecodeLocale(folder, NULL));
}

struct text_list {
    ssize_t length;
    wchar_t **items;
};

// Finds the list that begins with a text.
static struct text_list *find_list(const wchar_t *first) {
    enum { MAXIMUM_LENGTH = 1024 };
    uintptr_t *words = (uintptr_t *)python._Py_GetConfig();
    for (int i = 0; i < CONFIGURATION_WORDS - 1; i++) {
        struct text_list *list = (struct text_list *)&words[i];
        const uintptr_t items = words[i + 1];
        if (list->length > 0 && list->length <= MAXIMUM_LENGTH && items % sizeof items == 0 &&
            items > 1 << 16 && is_mapped(items, sizeof items) &&
            is_text((uintptr_t)list->items[0], first))
            return list;
    }
    return NULL;
}

static struct text_list *search_paths, *arguments, *all_arguments;

static struct text_list *find_list_of(const char *first) {
    wchar_t *text = python.Py_DecodeLocale(first, NULL);
    struct text_list *list = text ? find_list(text) : NULL;
    python.PyMem_RawFree(text);
    return list;
}

void find_search_paths(const char *first) {
    search_paths = find_list_of(first);
}

int find_arguments(const char *program, const char *interpreter) {
    arguments = find_list_of(program);
    all_arguments = find_list_of(interpreter);
    return arguments && all_arguments ? 0 : -1;
}

// The interpreter frees the new items, but never the old ones.
static int replace_list(struct text_list *list, char **texts) {
    ssize_t count = 0;
    while (texts[count]) count++;
    wchar_t **items = python.PyMem_RawMalloc((size_t)(count + 1) * sizeof *items);
    if (!items) return -1;
    for (ssize_t i = 0; i < count; i++)
        if (!(items[i] = python.Py_DecodeLocale(texts[i], NULL))) return -1;
    *list = (struct text_list){count, items};
    return 0;
}

int store_arguments(char **from_interpreter, char **from_program) {
    if (replace_list(all_arguments, from_interpreter) < 0) return -1;
    return replace_list(arguments, from_program);
}

static wchar_t *decode(py_object *folder) {
    const char *text = folder ? python.PyUnicode_AsUTF8AndSize(folder, NULL) : NULL;
    return text ? python.Py_DecodeLocale(text, NULL) : NULL;
}

int insert_search_paths(py_object *folders) {
    const ssize_t count = python.PyList_Size(folders);
    const ssize_t length = search_paths ? search_paths->length : 0;
    wchar_t **items = python.PyMem_RawMalloc((size_t)(count + length) * sizeof *items);
    if (!search_paths || !items) return -1;
    for (ssize_t i = 0; i < count; i++)
        if (!(items[i] = decode(python.PyList_GetItem(folders, i)))) return -1;
    memcpy(items + count, search_paths->items, (size_t)length * sizeof *items);
    *search_paths = (struct text_list){count + length, items};
    return 0;
}
