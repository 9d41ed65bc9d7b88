"""`python -m kith`: the same as the command. Python itself looks for modules in the working folder there; `kith` does not."""

from kith.command import main

if __name__ == "__main__":
    main()
