#include <link.h>
#include <string.h>

#include "zygote_python.h"

// How a program can notice the end of an object of some type. For the last three, is_noticeable
// asks the object itself.
enum verdict { UNKNOWN, SILENT, NOTICEABLE, GENERATOR, COROUTINE, WEAK_REFERENCE };

enum { CACHE_SLOTS = 1024 };  // a power of two
static struct {
    py_object *type;
    enum verdict verdict;
} cache[CACHE_SLOTS];

static void *heap_type_dealloc;      // of every class that is written in Python
static py_object *silent_types[2];   // io's memory buffers, whose end only frees memory
static py_object *standard_modules;  // sys.stdlib_module_names
// Objects from before the fork are frozen and visited last; this is the first of them.
static py_object *first_frozen;
static struct { const char *start, *end; } interpreter;  // where its code is

static int take_interpreter(struct dl_phdr_info *object, size_t size, void *unused) {
    (void)size;
    (void)unused;
    // The first object is the interpreter.
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        interpreter.start = (const char *)object->dlpi_addr + part->p_vaddr;
        interpreter.end = interpreter.start + part->p_memsz;
    }
    return 1;
}

int remember_objects(void) {
    dl_iterate_phdr(take_interpreter, NULL);
    py_object *io = python.PyImport_ImportModule("_io");
    if (!io) return -1;
    silent_types[0] = python.PyObject_GetAttrString(io, "StringIO");
    silent_types[1] = python.PyObject_GetAttrString(io, "BytesIO");
    py_drop(io);
    py_object *variables = python.PyDict_New();
    py_object *result = variables ? python.PyRun_StringFlags("class Plain: pass", PY_FILE_INPUT,
                                                             variables, variables, NULL)
                                  : NULL;
    if (result)
        heap_type_dealloc =
            python.PyType_GetSlot(python.PyDict_GetItemString(variables, "Plain"), PY_SLOT_DEALLOC);
    py_drop(result);
    py_drop(variables);
    standard_modules = python.PySys_GetObject("stdlib_module_names");
    return silent_types[0] && silent_types[1] && heap_type_dealloc && standard_modules ? 0 : -1;
}

// Deallocators in the interpreter's own code only free memory and call finalizers. Those of
// libraries may do anything.
static bool is_freed_by_interpreter(py_object *type) {
    while (type && python.PyType_GetSlot(type, PY_SLOT_DEALLOC) == heap_type_dealloc)
        type = python.PyType_GetSlot(type, PY_SLOT_BASE);
    const char *dealloc = type ? python.PyType_GetSlot(type, PY_SLOT_DEALLOC) : NULL;
    return dealloc >= interpreter.start && dealloc < interpreter.end;
}

static enum verdict judge(py_object *type) {
    if (type == silent_types[0] || type == silent_types[1]) return SILENT;
    if (type == python.PyGen_Type) return GENERATOR;
    if (type == python.PyCoro_Type) return COROUTINE;
    if (python.PyType_IsSubtype(type, python._PyWeakref_RefType)) return WEAK_REFERENCE;
    if (python.PyType_GetSlot(type, PY_SLOT_FINALIZE) || python.PyType_GetSlot(type, PY_SLOT_DEL))
        return NOTICEABLE;
    return is_freed_by_interpreter(type) ? SILENT : NOTICEABLE;
}

static enum verdict verdict_of(py_object *type) {
    size_t slot = ((size_t)type >> 4) % CACHE_SLOTS;
    if (cache[slot].type != type) {
        cache[slot].type = type;
        cache[slot].verdict = judge(type);
    }
    return cache[slot].verdict;
}

static bool is_attribute_none(py_object *object, const char *name) {
    py_object *value = python.PyObject_GetAttrString(object, name);
    if (!value) python.PyErr_Clear();
    py_drop(value);
    return value == python._Py_NoneStruct;
}

static bool is_attribute_true(py_object *object, const char *name) {
    py_object *value = python.PyObject_GetAttrString(object, name);
    if (!value) python.PyErr_Clear();
    bool result = !value || python.PyObject_IsTrue(value) != 0;
    py_drop(value);
    return result;
}

// Callbacks of the standard library only remove entries from its tables.
static bool has_noticeable_callback(py_object *reference) {
    py_object *callback = python.PyObject_GetAttrString(reference, "__callback__");
    if (!callback) {
        python.PyErr_Clear();
        return true;
    }
    bool noticeable =
        callback != python._Py_NoneStruct && callback->type != python.PyCFunction_Type;
    if (noticeable && callback->type == python.PyFunction_Type) {
        py_object *module = python.PyFunction_GetModule(callback);
        noticeable = !module || python.PySequence_Contains(standard_modules, module) != 1;
    }
    py_drop(callback);
    return noticeable;
}

static bool is_noticeable(py_object *object) {
    switch (verdict_of(object->type)) {
    case SILENT: return false;
    // A suspended generator may have a `finally` or `with` around it.
    case GENERATOR: return is_attribute_true(object, "gi_suspended");
    // The interpreter warns of a coroutine that was never awaited.
    case COROUTINE: return !is_attribute_none(object, "cr_frame");
    case WEAK_REFERENCE: return has_noticeable_callback(object);
    default: return true;
    }
}

static int visit_first(py_object *object, void *first) {
    *(py_object **)first = object;
    return 0;
}

static void thaw(py_object *module) {
    py_object *objects[] = {module, module ? python.PyModule_GetDict(module) : NULL};
    for (int i = 0; i < 2 && objects[i]; i++) {
        python.PyObject_GC_UnTrack(objects[i]);
        python.PyObject_GC_Track(objects[i]);
    }
}

int freeze_objects(void) {
    py_object *freeze = take_attribute("gc", "freeze");
    if (!freeze) return -1;
    python.PyGC_Collect();
    // This is the only young object, so it is frozen first.
    first_frozen = python.PyList_New(0);
    py_object *result = python.PyObject_CallFunction(freeze, NULL);
    py_drop(result);
    py_drop(freeze);
    py_object *first = NULL;
    python.PyUnstable_GC_VisitObjects(visit_first, &first);
    immortalise_objects();
    // Everything in __main__ is linked with the module by its functions, so it can be collected
    // only if the collector sees the module.
    thaw(python.PyImport_AddModule("__main__"));
    return result && first && first == first_frozen ? 0 : -1;
}

static int visit(py_object *object, void *found) {
    if (object == first_frozen) return 0;
    *(bool *)found = is_noticeable(object);
    return !*(bool *)found;
}

bool has_noticeable_objects(void) {
    bool found = false;
    python.PyUnstable_GC_VisitObjects(visit, &found);
    return found;
}
