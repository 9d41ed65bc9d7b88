// A listing may lack the day it was made, and names its programme; a tie may be told as held through others. Properties need
// no declaration here: a link of earlier days counts as held directly where it is read.
