#include "zygote_python.h"

bool is_imported(const char *name) {
    return python.PyDict_GetItemString(python.PyImport_GetModuleDict(), name);
}

py_object *take_attribute(const char *module_name, const char *name) {
    bool known = is_imported(module_name);
    py_object *module = python.PyImport_ImportModule(module_name);
    py_object *attribute = module ? python.PyObject_GetAttrString(module, name) : NULL;
    py_drop(module);
    if (module && !known) python.PyDict_DelItemString(python.PyImport_GetModuleDict(), module_name);
    return attribute;
}
