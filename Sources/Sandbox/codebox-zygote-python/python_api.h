// The part of CPython's C API that this target uses. It is looked up by name in the interpreter
// that preloads this object, so neither Python's headers nor libpython are needed. Only functions
// that 3.13 documents and layouts of its stable ABI are used.
#pragma once
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include <wchar.h>

// The beginning of every object in the stable ABI.
typedef struct py_object {
    ssize_t references;
    struct py_object *type;
} py_object;

typedef struct {
    const char *name;
    py_object *(*function)(py_object *self, py_object *arguments);
    int flags;
    const char *documentation;
} py_method;

typedef struct {
    int kind;
    const char *function;
    const char *message;
    int exit_code;
} py_status;

// Slots of types (typeslots.h) and their flags.
enum {
    PY_SLOT_BASE = 48,
    PY_SLOT_DEALLOC = 52,
    PY_SLOT_DEL = 53,
    PY_SLOT_TRAVERSE = 71,
    PY_SLOT_FINALIZE = 80,
};
#define PY_IS_HEAP_TYPE (1ul << 9)
#define PY_HAS_COLLECTION (1ul << 14)
enum { PY_NO_ARGUMENTS = 4, PY_ONE_ARGUMENT = 8 };  // a method's flags
enum { PY_FILE_INPUT = 257, PY_PRINT_RAW = 1, PY_EQUAL = 2 };

#define PYTHON_FUNCTIONS(X) \
    X(void, PyConfig_InitPythonConfig, (void *)) \
    X(py_status, PyConfig_SetBytesArgv, (void *, ssize_t, char *const *)) \
    X(void, PyConfig_Clear, (void *)) \
    X(py_status, Py_InitializeFromConfig, (const void *)) \
    X(int, PyStatus_Exception, (py_status)) \
    X(void, Py_ExitStatusException, (py_status)) \
    X(int, Py_FinalizeEx, (void)) \
    X(int, Py_IsFinalizing, (void)) \
    X(const void *, _Py_GetConfig, (void)) \
    X(wchar_t *, Py_DecodeLocale, (const char *, size_t *)) \
    X(void *, PyMem_RawMalloc, (size_t)) \
    X(void, PyMem_RawFree, (void *)) \
    X(void, PyOS_BeforeFork, (void)) \
    X(void, PyOS_AfterFork_Parent, (void)) \
    X(void, PyOS_AfterFork_Child, (void)) \
    X(void, Py_IncRef, (py_object *)) \
    X(void, Py_DecRef, (py_object *)) \
    X(py_object *, PyObject_Call, (py_object *, py_object *, py_object *)) \
    X(py_object *, PyObject_CallFunction, (py_object *, const char *, ...)) \
    X(py_object *, PyObject_CallMethod, (py_object *, const char *, const char *, ...)) \
    X(py_object *, PyObject_GetAttrString, (py_object *, const char *)) \
    X(int, PyObject_SetAttrString, (py_object *, const char *, py_object *)) \
    X(int, PyObject_RichCompareBool, (py_object *, py_object *, int)) \
    X(int, PyObject_IsTrue, (py_object *)) \
    X(int, PyObject_Print, (py_object *, FILE *, int)) \
    X(py_object *, PyImport_ImportModule, (const char *)) \
    X(py_object *, PyImport_AddModule, (const char *)) \
    X(py_object *, PyImport_GetModuleDict, (void)) \
    X(py_object *, PyModule_GetDict, (py_object *)) \
    X(py_object *, PyDict_New, (void)) \
    X(py_object *, PyDict_Copy, (py_object *)) \
    X(int, PyDict_Update, (py_object *, py_object *)) \
    X(void, PyDict_Clear, (py_object *)) \
    X(ssize_t, PyDict_Size, (py_object *)) \
    X(py_object *, PyDict_GetItemString, (py_object *, const char *)) \
    X(int, PyDict_SetItemString, (py_object *, const char *, py_object *)) \
    X(int, PyDict_DelItemString, (py_object *, const char *)) \
    X(py_object *, PyDict_SetDefault, (py_object *, py_object *, py_object *)) \
    X(py_object *, PyDict_GetItemWithError, (py_object *, py_object *)) \
    X(int, PyDict_DelItem, (py_object *, py_object *)) \
    X(int, PyDict_SetItem, (py_object *, py_object *, py_object *)) \
    X(int, PyDict_Next, (py_object *, ssize_t *, py_object **, py_object **)) \
    X(int, PySequence_Contains, (py_object *, py_object *)) \
    X(ssize_t, PySequence_Size, (py_object *)) \
    X(py_object *, PySequence_GetItem, (py_object *, ssize_t)) \
    X(py_object *, PySequence_List, (py_object *)) \
    X(py_object *, PyTuple_GetItem, (py_object *, ssize_t)) \
    X(py_object *, PySet_New, (py_object *)) \
    X(int, PySet_Contains, (py_object *, py_object *)) \
    X(int, PySet_Discard, (py_object *, py_object *)) \
    X(py_object *, PyList_New, (ssize_t)) \
    X(ssize_t, PyList_Size, (py_object *)) \
    X(py_object *, PyList_GetItem, (py_object *, ssize_t)) \
    X(int, PyList_SetItem, (py_object *, ssize_t, py_object *)) \
    X(int, PyList_Append, (py_object *, py_object *)) \
    X(int, PyList_Insert, (py_object *, ssize_t, py_object *)) \
    X(py_object *, PyUnicode_DecodeFSDefault, (const char *)) \
    X(const char *, PyUnicode_AsUTF8AndSize, (py_object *, ssize_t *)) \
    X(py_object *, PyBytes_FromStringAndSize, (const char *, ssize_t)) \
    X(py_object *, PyLong_FromUnsignedLong, (unsigned long)) \
    X(long, PyLong_AsLong, (py_object *)) \
    X(unsigned long, PyType_GetFlags, (py_object *)) \
    X(void *, PyType_GetSlot, (py_object *, int)) \
    X(int, PyType_IsSubtype, (py_object *, py_object *)) \
    X(py_object *, PyFunction_GetModule, (py_object *)) \
    X(py_object *, PyCFunction_NewEx, (py_method *, py_object *, py_object *)) \
    X(py_object *, PyCapsule_New, (void *, const char *, void (*)(py_object *))) \
    X(void, PyObject_GC_Track, (void *)) \
    X(void, PyObject_GC_UnTrack, (void *)) \
    X(int, PyFile_WriteObject, (py_object *, py_object *, int)) \
    X(py_object *, PySys_GetObject, (const char *)) \
    X(int, PySys_SetObject, (const char *, py_object *)) \
    X(void, PySys_WriteStderr, (const char *, ...)) \
    X(py_object *, PyRun_FileExFlags, \
      (FILE *, const char *, int, py_object *, py_object *, int, void *)) \
    X(py_object *, PyRun_StringFlags, (const char *, int, py_object *, py_object *, void *)) \
    X(int, Py_MakePendingCalls, (void)) \
    X(py_object *, PyErr_Occurred, (void)) \
    X(int, PyErr_ExceptionMatches, (py_object *)) \
    X(void, PyErr_Clear, (void)) \
    X(void, PyErr_Print, (void)) \
    X(void, PyErr_FormatUnraisable, (const char *, ...)) \
    X(py_object *, PyErr_GetRaisedException, (void)) \
    X(void, PyErr_SetRaisedException, (py_object *)) \
    X(ssize_t, PyGC_Collect, (void)) \
    X(long, PyImport_GetMagicNumber, (void)) \
    X(void, PyUnstable_GC_VisitObjects, (int (*)(py_object *, void *), void *)) \
    X(void *, PyInterpreterState_Head, (void)) \
    X(void *, PyInterpreterState_Next, (void *)) \
    X(void *, PyInterpreterState_ThreadHead, (void *)) \
    X(void *, PyThreadState_Next, (void *)) \
    X(py_object *, PyThreadState_GetDict, (void))

// Objects of the interpreter. Exceptions are variables that point to their objects.
#define PYTHON_OBJECTS(X) \
    X(_Py_NoneStruct) \
    X(PyLong_Type) \
    X(PyType_Type) \
    X(PyCode_Type) \
    X(PyFunction_Type) \
    X(PyCFunction_Type) \
    X(PyGen_Type) \
    X(PyCoro_Type) \
    X(_PyWeakref_RefType)
#define PYTHON_VARIABLES(X) X(PyExc_SystemExit) X(PyExc_KeyboardInterrupt)

#define PYTHON_NUMBERS(X) X(Py_Version)

struct python_api {
#define X(result, name, parameters) result(*name) parameters;
    PYTHON_FUNCTIONS(X)
#undef X
#define X(name) py_object *name;
    PYTHON_OBJECTS(X)
#undef X
#define X(name) py_object **name;
    PYTHON_VARIABLES(X)
#undef X
#define X(name) const unsigned long *name;
    PYTHON_NUMBERS(X)
#undef X
};

extern struct python_api python;

/// Fills `python`. Returns NULL, or a name that the interpreter does not have.
const char *python_load(void);

/// Drops a reference; NULL is allowed.
static inline void py_drop(py_object *object) {
    if (object) python.Py_DecRef(object);
}
