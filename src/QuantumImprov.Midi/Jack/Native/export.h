#ifndef QI_EXPORT_H
#define QI_EXPORT_H

#define QI_EXPORT __attribute__((visibility("default")))

#endif
