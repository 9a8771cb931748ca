# What is said of any change.
not-found = Eso no existe aquí, o su rol no permite verlo. Compruebe el identificador o la dirección.
foreign = Este registro es de otra plataforma ({ $origin }), la única que puede modificarlo. Escriba a las personas responsables de esa plataforma.
role-needed = Para esto se necesita el rol «{ $role }». Solicítelo a la administración de esta plataforma.
sign-in-first = Inicie sesión primero, o envíe un token en Authorization: Bearer.
conflict = Otra persona lo ha modificado entretanto. Examine las diferencias y guarde de nuevo.
wrong-state = El estado actual no lo permite: { $state }. Compruebe ese estado antes de continuar.
required = Falta este dato. Indíquelo.
invalid = La forma no es correcta: { $why }.
too-long = Es demasiado largo: { $why }.
no-conflict-open = No hay ningún conflicto abierto de esta plataforma. La lista de plataformas muestra las que tienen alguno.
