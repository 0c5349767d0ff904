#include <limits.h>
#include <stdint.h>

#include "zygote_python.h"

// Every use of an object writes to its count of references, which copies its page in a forked
// process. The count of an immortal object is never written (PEP 683). So all objects from before
// the fork are made immortal, and programs copy a third less. A program can see it with
// sys.getrefcount.

// Immortality is in the lower half of the count in 3.12 and 3.13 on 64 bits; later versions differ.
enum { FIRST_VERSION = 0x030c, LAST_VERSION = 0x030d };
static const uint32_t immortal = UINT_MAX;

typedef int (*visitor)(py_object *, void *);
typedef int (*traversal)(py_object *, visitor, void *);

static bool is_immortal(const py_object *object) {
    return (int32_t) * (const uint32_t *)&object->references < 0;
}

// Objects with a finalizer must still be finalized, above all the standard streams. The main module
// must end, since the program's own objects end with it.
static bool is_mortal_by_nature(py_object *object, py_object *main_module) {
    return python.PyType_GetSlot(object->type, PY_SLOT_FINALIZE) ||
           python.PyType_GetSlot(object->type, PY_SLOT_DEL) || object == main_module ||
           object == python.PyModule_GetDict(main_module);
}

static int immortalise(py_object *object, void *main_module);

// The garbage collector tracks neither code objects nor what they reference.
static void immortalise_code(py_object *code, void *main_module) {
    static const char *const names[] = {"co_consts",        "co_names",    "co_filename",
                                        "co_name",          "co_qualname", "co_linetable",
                                        "co_exceptiontable"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        py_object *value = python.PyObject_GetAttrString(code, names[i]);
        if (value) immortalise(value, main_module);
        else python.PyErr_Clear();
    }
}

static int immortalise(py_object *object, void *main_module) {
    if (is_immortal(object) || is_mortal_by_nature(object, main_module)) return 0;
    *(uint32_t *)&object->references = immortal;
    if (object->type == python.PyCode_Type) immortalise_code(object, main_module);
    traversal traverse = NULL;
    if (python.PyType_GetFlags(object->type) & PY_HAS_COLLECTION)
        *(void **)&traverse = python.PyType_GetSlot(object->type, PY_SLOT_TRAVERSE);
    // The traversal that a static type has, type's, is for heap types only.
    bool is_static_type =
        object->type == python.PyType_Type && !(python.PyType_GetFlags(object) & PY_IS_HEAP_TYPE);
    return traverse && !is_static_type ? traverse(object, immortalise, main_module) : 0;
}

static int visit(py_object *object, void *main_module) {
    immortalise(object, main_module);
    return 1;
}

void immortalise_objects(void) {
    unsigned long version = *python.Py_Version >> 16;
    if (sizeof(void *) != 8 || version < FIRST_VERSION || version > LAST_VERSION) return;
    py_object *main_module = python.PyImport_AddModule("__main__");
    if (main_module) python.PyUnstable_GC_VisitObjects(visit, main_module);
}
