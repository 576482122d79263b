import { MODEL_FORMS, type ModelForm, type ModelKind } from '../../contracts/model-forms.ts'

export const MODEL_KINDS = Object.keys(MODEL_FORMS) as ModelKind[]

/** The row of the table behind a kind, with every trait that a form can have. */
export function modelForm(kind: ModelKind): ModelForm {
  return MODEL_FORMS[kind]
}

/** The form of a spec, by what is before its first slash; undefined where there is none. */
export function formOf(spec: string): ModelForm | undefined {
  const [kind = ''] = spec.split('/', 1)
  return Object.hasOwn(MODEL_FORMS, kind) ? modelForm(kind as ModelKind) : undefined
}
