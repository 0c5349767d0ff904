#include "zygote_python.h"
void learn_pages(void) {}
void populate_pages(void) {}
