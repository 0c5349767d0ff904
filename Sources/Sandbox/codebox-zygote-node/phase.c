#include "zygote_node.h"

enum phase phase = PHASE_LOADING;
struct cb_program own_program;
