"""What every part of Attain shares: exact values, units, periods, coded errors, schemas, digests.

Pure: no clock, no network, no binary floating point, and no other part of Attain is
imported from here.
"""
