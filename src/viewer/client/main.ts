import { setUpFilters } from './filters.ts'
import { setUpFolds } from './folds.ts'
import { setUpKeyboard } from './keyboard.ts'
import { setUpLive } from './live.ts'
import { setUpPairs } from './pairs.ts'

const filterAgain = setUpFilters()
setUpFolds()
setUpPairs()
setUpKeyboard()
setUpLive(filterAgain)
