#include <limits.h>
#include <stdint.h>

#include "zygote_python.h"

// To use an object is to write to it, to its count of references; in a forked process that copies
// its page. An immortal object's count is never written (PEP 683), so what is there before the fork
// is made immortal: programs then copy a third less. A program sees it in sys.getrefcount.

// The count's lower half, as 3.12 and 3.13 have it on 64 bits; later versions differ.
enum { FIRST_VERSION = 0x030c, LAST_VERSION = 0x030d };
static const uint32_t immortal = UINT_MAX;

typedef int (*visitor)(py_object *, void *);
typedef int (*traversal)(py_object *, visitor, void *);

static bool is_immortal(const py_object *object) {
    return (int32_t) * (const uint32_t *)&object->references < 0;
}

// Whatever has a finalizer shall be finalized: the standard streams, above all. And the main
// module's end is the end of the program's own objects.
static bool is_mortal_by_nature(py_object *object, py_object *main_module) {
    return python.PyType_GetSlot(object->type, PY_SLOT_FINALIZE) ||
           python.PyType_GetSlot(object->type, PY_SLOT_DEL) || object == main_module ||
           object == python.PyModule_GetDict(main_module);
}

static int immortalise(py_object *object, void *main_module);

// Code objects are no business of the collector's, nor is what they hold.
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
    // A static type's own is for heap types only.
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
