"""What claims about speed are made of. Each module runs by itself (``make bench``) and prints minimum, median and maximum.

The machine is shared with others: whatever is compared runs by turns, and the ratio of a turn counts more than any absolute number.
ONESEAL_BENCH_ROUNDS (5) and ONESEAL_BENCH_STEPS (200, of each kind in a round) make it longer or shorter.
"""
