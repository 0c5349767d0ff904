// What the attacks in Node share.
let fallen = 0

exports.fell = (what) => { fallen++; console.log('fell: ' + what) }

// Makes an attempt, which must throw an error with one of these codes; any if there are none.
exports.refused = (what, attempt, ...codes) => {
  let got
  try { got = attempt() } catch (error) {
    if (codes.length === 0 || codes.includes(error.code)) return
    console.log(`${what}: ${error.code ?? error} in place of ${codes.join(' or ')}`)
    process.exit(1)
  }
  exports.fell(`${what}: ${String(got).slice(0, 200)}`)
}

exports.end = () => console.log(fallen === 0 ? 'held' : `${fallen} fell`)
