/* Fractions of 64-bit integers, compared and rounded through 128 bits. */
#include "assess/fraction_internal.h"

#define MOST_DECIMALS 9

__extension__ typedef __int128 wide;

int vci_fraction_compare(vc_fraction a, vc_fraction b) {
    wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

int64_t vci_fraction_scale_of(int decimals) {
    int64_t scale = 1;
    for (int i = 0; i < decimals && i < MOST_DECIMALS; i++) scale *= 10;
    return scale;
}

vc_fraction vci_fraction_published(vc_fraction f, int decimals) {
    if (decimals < 0 || f.den == 0) return f;
    int64_t scale = vci_fraction_scale_of(decimals);
    wide twice = (wide)f.num * scale * 2, den = f.den;
    wide rounded = twice >= 0 ? (twice + den) / (2 * den) : -((-twice + den) / (2 * den));
    return (vc_fraction){(int64_t)rounded, scale};
}

static wide divisor(wide a, wide b) {
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static vc_fraction reduced(wide num, wide den) {
    wide d = divisor(num, den);
    if (d > 1) {
        num /= d;
        den /= d;
    }
    if (num > INT64_MAX || num < INT64_MIN || den > INT64_MAX) return VCI_UNDEFINED;
    return (vc_fraction){(int64_t)num, (int64_t)den};
}

vc_fraction vci_fraction_scale(vc_fraction f, vc_fraction factor, vc_fraction summand) {
    if (f.den == 0) return f;
    vc_fraction product = reduced((wide)f.num * factor.num, (wide)f.den * factor.den);
    if (product.den == 0) return product;
    return reduced((wide)product.num * summand.den + (wide)summand.num * product.den,
                   (wide)product.den * summand.den);
}
