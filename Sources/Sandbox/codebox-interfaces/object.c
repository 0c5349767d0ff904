// The object that the dynamic loader preloads into every program of a sandbox whose image has the
// link /etc/ld.so.preload. It is CInterfaces and nothing else.
#include "CInterfaces.h"
