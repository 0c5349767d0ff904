#include "zygote_python.h"

// A standard stream is three objects: a text stream, its buffer and its raw file. A program may
// detach the buffer, and give attributes to each of them, such as a `flush` of its own.

// Attributes that the interpreter itself gives them.
static const char *const usual_attributes[] = {"mode", "name"};

static bool has_unusual_attributes(py_object *object) {
    py_object *attributes = python.PyObject_GetAttrString(object, "__dict__");
    if (!attributes) {
        python.PyErr_Clear();
        return true;
    }
    ssize_t count = python.PyDict_Size(attributes);
    for (size_t i = 0; count > 0 && i < sizeof usual_attributes / sizeof *usual_attributes; i++)
        if (python.PyDict_GetItemString(attributes, usual_attributes[i])) count--;
    py_drop(attributes);
    return count > 0;
}

// Looks at the objects from the stream down to its raw file, or to the last that is attached.
static bool look_through(py_object *stream, bool *is_detached) {
    static const char *const below[] = {"buffer", "raw"};
    *is_detached = false;
    bool is_unusual = has_unusual_attributes(stream);
    py_object *object = stream;
    python.Py_IncRef(object);
    for (size_t i = 0; !is_unusual && i < sizeof below / sizeof *below; i++) {
        py_object *next = python.PyObject_GetAttrString(object, below[i]);
        py_drop(object);
        object = next;
        if (!next) {
            python.PyErr_Clear();
            *is_detached = true;
            return false;
        }
        is_unusual = has_unusual_attributes(next);
    }
    py_drop(object);
    return is_unusual;
}

bool has_own_attributes(py_object *stream) {
    bool is_detached;
    return look_through(stream, &is_detached);
}

bool is_altered_stream(py_object *stream) {
    bool is_detached;
    return look_through(stream, &is_detached) || is_detached;
}
